package dev.freshet.cli.top;

import dev.freshet.cli.exposition.Scrape;
import dev.freshet.cli.exposition.ScrapeReader;
import dev.freshet.cli.measure.Recent;
import dev.freshet.error.ConnectionException;
import dev.freshet.error.FreshetException;
import dev.freshet.error.MalformedResponseException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A running program that exposes the metrics of Freshet, in Prometheus' text format. */
public final class Program implements Source, AutoCloseable {

  private final URI address;
  private final Set<String> kinds;
  private final Duration within;
  private final HttpClient http;
  private final Recent<Scrape> recent = new Recent<>();
  private @Nullable Seen last;

  /**
   * @param address of its exposition, http or https
   * @param kinds whose caches to show; none for all
   * @param within how long it may take to answer, all of it: that bounds how much is read, and
   *     {@link ScrapeReader} what is kept
   */
  public Program(URI address, Set<String> kinds, Duration within) {
    this.address = address;
    this.kinds = Set.copyOf(kinds);
    this.within = within;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(within)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
  }

  @Override
  public Seen look() {
    try {
      Scrape scrape = scrape();
      recent.add(System.nanoTime(), scrape);
      last = ProgramMetrics.seen(scrape, recent, kinds);
      return last;
    } catch (FreshetException e) {
      Seen before = last;
      if (before == null) {
        throw e;
      }
      return new Seen(before.caches(), before.counts(), e.problem());
    }
  }

  @Override
  public String subject() {
    return "Callers and caches are those of the program at " + name() + ".";
  }

  /** Without its query, which may hold a secret. */
  private String name() {
    return address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath();
  }

  @Override
  public boolean isOwn() {
    return false;
  }

  private Scrape scrape() {
    var reader = new ScrapeReader(ProgramMetrics.NAMES::contains, sample -> true);
    var request =
        HttpRequest.newBuilder(address).header("Accept", "text/plain;version=0.0.4").build();
    CompletableFuture<HttpResponse<Void>> answer =
        http.sendAsync(
            request,
            BodyHandlers.ofByteArrayConsumer(
                part -> part.ifPresent(bytes -> reader.push(ByteBuffer.wrap(bytes)))));
    int status;
    try {
      status = answer.get(within.toMillis(), TimeUnit.MILLISECONDS).statusCode();
    } catch (TimeoutException e) {
      throw silent("it did not answer in " + within.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw silent("it cannot be reached, or broke off");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw silent("interrupted");
    } finally {
      answer.cancel(true);
    }
    if (status != 200) {
      throw new ConnectionException(
          name() + " answered " + status,
          "Name the URL that Prometheus scrapes, with its path, such as http://host:9404/metrics.");
    }
    return withSamples(reader.end());
  }

  private Scrape withSamples(Scrape scrape) {
    if (scrape.samples().isEmpty()) {
      throw new MalformedResponseException(
          name() + " exposes no metrics of Freshet",
          "The program shows them by ClusterMeters: see docs/reference/metrics.md.");
    }
    return scrape;
  }

  private ConnectionException silent(String problem) {
    return new ConnectionException(
        "no metrics from " + name() + ": " + problem,
        "Check the address, and that the program runs.");
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
