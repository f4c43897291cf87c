package dev.freshet.fabric8;

import dev.freshet.transport.ApiRequest;
import dev.freshet.transport.ApiResponse;
import dev.freshet.transport.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** A way to the server that can hold back the bytes of watches while everything else flows. */
final class HeldWatches implements Transport {

  private final Transport server;
  private boolean held;

  HeldWatches(Transport server) {
    this.server = server;
  }

  synchronized void hold() {
    held = true;
  }

  synchronized void release() {
    held = false;
    notifyAll();
  }

  private synchronized void awaitReleased() {
    try {
      while (held) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public ApiResponse send(ApiRequest request) {
    ApiResponse response = server.send(request);
    return request.purpose() == ApiRequest.Purpose.WATCH ? new Held(response) : response;
  }

  @Override
  public void close() {
    release();
    server.close();
  }

  private final class Held implements ApiResponse {
    private final ApiResponse response;

    Held(ApiResponse response) {
      this.response = response;
    }

    @Override
    public int status() {
      return response.status();
    }

    @Override
    public Optional<String> header(String name) {
      return response.header(name);
    }

    @Override
    public boolean next(Duration within, Consumer<ByteBuffer> sink) {
      return response.next(
          within,
          chunk -> {
            awaitReleased();
            sink.accept(chunk);
          });
    }

    @Override
    public long wireBytes() {
      return response.wireBytes();
    }

    @Override
    public void close() {
      response.close();
    }
  }
}
