package dev.freshet.cli;

import dev.freshet.Consistency;
import dev.freshet.Provenance;
import dev.freshet.Query;
import dev.freshet.Read;
import dev.freshet.ReadList;
import dev.freshet.SessionReads;
import dev.freshet.Token;
import dev.freshet.cli.output.ObjectPrinter;
import dev.freshet.cli.output.OutputFormat;
import dev.freshet.fabric8.FreshetSession;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.InstantSource;
import java.util.function.Supplier;

/** One read of {@code freshet list}, in a session of its own, and what is printed of it. */
final class Listing {

  private final Target target;
  private final FreshetSession session;
  private final SessionReads<GenericKubernetesResource> reads;
  private final LevelOptions level;
  private final TokenOptions tokens;
  private final OutputFormat format;
  private final Console console;

  Listing(
      Target target,
      FreshetSession session,
      LevelOptions level,
      TokenOptions tokens,
      OutputFormat format,
      Console console) {
    SessionReads<GenericKubernetesResource> all = session.reads(target.type());
    this.target = target;
    this.session = session;
    this.reads = target.namespace().map(all::inNamespace).orElse(all).fence(level.fence());
    this.level = level;
    this.tokens = tokens;
    this.format = format;
    this.console = console;
  }

  /** Says what a read would do. */
  void explain(Query query) {
    PlanText.print(reads.explain(query, level.level()), format, console);
  }

  /** Reads all that match. */
  void many(Query query) {
    ReadList<GenericKubernetesResource> list = reads.list(query, level.level());
    if (!tokens.print()) {
      printer().list(list.rows(), list.resourceVersion(), format, target.spansNamespaces());
      console.out().flush();
    }
    boolean isText = format == OutputFormat.JSON || format == OutputFormat.YAML;
    if (list.isEmpty() && !isText) {
      String where = target.namespace().map(in -> " in " + in + " namespace.").orElse(".");
      console.err().println("No resources found" + where);
    }
    tell(list.provenance(), list::token);
  }

  /** Reads one object. */
  void one(String name) {
    Read<GenericKubernetesResource> read = reads.get(name, level.level());
    if (read.row().isEmpty()) {
      // Absence was seen too, and whoever has the token will not see it undone.
      tell(read.provenance(), read::token);
      throw new CommandFailure(
          target.type().qualifiedName() + " \"" + name + "\" not found",
          target
              .namespace()
              .map(in -> "It was looked for in namespace " + in + "; -n names another.")
              .orElse("Names are spelled exactly; \"freshet list\" shows them."));
    }
    if (!tokens.print()) {
      printer().one(read.row().get(), format);
      console.out().flush();
    }
    tell(read.provenance(), read::token);
  }

  private ObjectPrinter printer() {
    return new ObjectPrinter(target.type(), console.out(), console::bold, InstantSource.system());
  }

  /** A session hands on all that it has seen, which its answers need not repeat. */
  private void tell(Provenance provenance, Supplier<Token> shown) {
    if (tokens.isWanted()) {
      boolean inSession = level.level() instanceof Consistency.ReadYourWrites;
      tokens.handOn(inSession ? session.token() : shown.get(), console);
      console.out().flush();
    }
    console.err().println(provenance);
  }
}
