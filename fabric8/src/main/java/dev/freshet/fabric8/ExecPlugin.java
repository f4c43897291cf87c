package dev.freshet.fabric8;

import dev.freshet.error.ConfigurationException;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.ExecEnvVar;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program that prints an {@code ExecCredential}: client-go's credential plugins, v1 and v1beta1,
 * not interactive.
 *
 * <p>Run here and not by fabric8, which runs it whenever a kubeconfig is read, mixes what it says
 * on standard error into the answer, logs both, and ignores the expiry. What the program says is
 * never shown, for it may hold the token.
 *
 * @param config how to run it
 * @param kubeconfig the file it stands in; a command with a slash is relative to it
 */
record ExecPlugin(ExecConfig config, Path kubeconfig) implements Authentication {

  /** How long a run may take before it is killed. */
  static final Duration RUN_WITHIN = Duration.ofSeconds(60);

  private static final int OUTPUT_MAX_BYTES = 1 << 20;

  /**
   * Made when a plugin is first run: most users have none, and it costs half of what a list takes.
   */
  private static final class Loaded {
    static final JsonMapper JSON = JsonMapper.builder().build();
  }

  @Override
  public Proof obtain(boolean afresh) {
    return proof(run());
  }

  @Override
  public boolean renewable() {
    return true;
  }

  private byte[] run() {
    var command = new ArrayList<String>();
    command.add(executable());
    if (config.getArgs() != null) {
      command.addAll(config.getArgs());
    }
    var builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("KUBERNETES_EXEC_INFO", info());
    for (ExecEnvVar variable : env()) {
      builder.environment().put(variable.getName(), variable.getValue());
    }
    Process process;
    try {
      process = builder.start();
      process.getOutputStream().close();
    } catch (IOException e) {
      // Not as the cause: the JDK's message may hold arguments.
      throw failed("cannot be started");
    }
    try {
      return output(process);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private byte[] output(Process process) {
    var reading =
        CompletableFuture.supplyAsync(
            () -> {
              try (var in = process.getInputStream()) {
                return in.readNBytes(OUTPUT_MAX_BYTES);
              } catch (IOException e) {
                return new byte[0];
              }
            },
            task -> Thread.ofVirtual().name("freshet-exec-plugin").start(task));
    long deadline = System.nanoTime() + RUN_WITHIN.toNanos();
    try {
      byte[] output = reading.get(RUN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw failed("did not end within " + RUN_WITHIN.toSeconds() + " s");
      }
      if (process.exitValue() != 0) {
        throw failed("failed with exit code " + process.exitValue());
      }
      return output;
    } catch (TimeoutException e) {
      throw failed("did not answer within " + RUN_WITHIN.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was given up, for the waiting thread was interrupted");
    } catch (ExecutionException e) {
      throw failed("could not be read");
    }
  }

  private Proof proof(byte[] output) {
    JsonNode answer;
    try {
      answer = Loaded.JSON.readTree(output);
    } catch (JacksonException e) {
      throw failed("printed no ExecCredential");
    }
    if (!answer.path("apiVersion").asString("").equals(config.getApiVersion())) {
      throw failed("printed another apiVersion than the kubeconfig names");
    }
    JsonNode status = answer.path("status");
    Optional<String> token = text(status, "token");
    Optional<Pem> certificate = pem(status, "clientCertificateData");
    Optional<Pem> key = pem(status, "clientKeyData");
    if (token.isEmpty() && certificate.isEmpty()) {
      throw failed("printed neither a token nor a certificate");
    }
    return new Proof(
        token.map(t -> "Bearer " + t.strip()),
        certificate,
        key,
        text(status, "expirationTimestamp").map(this::instant));
  }

  private Instant instant(String timestamp) {
    try {
      return Instant.parse(timestamp);
    } catch (DateTimeParseException e) {
      throw failed("printed an expirationTimestamp that is no RFC 3339 time");
    }
  }

  private static Optional<String> text(JsonNode node, String field) {
    return Optional.of(node.path(field).asString("")).filter(s -> !s.isEmpty());
  }

  private static Optional<Pem> pem(JsonNode node, String field) {
    return text(node, field).map(Pem.Inline::new);
  }

  private String executable() {
    String command = config.getCommand();
    boolean relative = command.contains(File.separator) && !Path.of(command).isAbsolute();
    return relative ? kubeconfig.toAbsolutePath().resolveSibling(command).toString() : command;
  }

  private String info() {
    return Loaded.JSON.writeValueAsString(
        Loaded.JSON
            .createObjectNode()
            .put("apiVersion", config.getApiVersion())
            .put("kind", "ExecCredential")
            .set("spec", Loaded.JSON.createObjectNode().put("interactive", false)));
  }

  private List<ExecEnvVar> env() {
    @Nullable List<ExecEnvVar> env = config.getEnv();
    return env == null ? List.of() : env;
  }

  private ConfigurationException failed(String how) {
    String hint = config.getInstallHint();
    return new ConfigurationException(
        "the credential plugin " + config.getCommand() + " " + how,
        hint == null || hint.isEmpty()
            ? "Run it by hand as the kubeconfig user says, and see what it reports"
            : hint.strip());
  }

  @Override
  public String toString() {
    return "ExecPlugin[command=" + config.getCommand() + "]";
  }
}
