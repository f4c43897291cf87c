package dev.freshet.trials.fault;

import java.util.Locale;

/** The kinds of fault, in the order in which rounds take them. */
public enum FaultKind {
  /** The API server is killed, and started again. */
  SERVER_KILLED(true, true),
  /** The API server is stopped without ending, and goes on. */
  SERVER_PAUSED(false, true),
  /** The API server is asked to end, and started again. */
  SERVER_RESTARTED(true, true),
  /** etcd is stopped, and started again. */
  ETCD_STOPPED(false, false),
  /** The history that the cache would resume from is gone, so that the server answers 410. */
  HISTORY_OVERRUN(true, false),
  /** Connections to the API server are cut after any number of bytes. */
  CONNECTIONS_CUT(true, true),
  /** The connections to the API server swallow everything from now on; new ones work. */
  HALF_OPEN(true, false),
  /** An older state is put back into etcd, and the API servers are restarted. */
  ETCD_RESTORED(true, false),
  /** Of two API servers, that of the cache cannot reach etcd. */
  SERVER_CUT_OFF(false, false);

  private final boolean breaksTheWatch;
  private final boolean light;

  FaultKind(boolean breaksTheWatch, boolean light) {
    this.breaksTheWatch = breaksTheWatch;
    this.light = light;
  }

  /**
   * Breaks it, waits, mends it; once this returns everything works again. What {@link #endsAnEpoch}
   * leaves the writers paused.
   */
  public void strike(Ground ground) throws InterruptedException {
    fault().strike(ground);
  }

  private Fault fault() {
    return switch (this) {
      case SERVER_KILLED -> new ServerKilled();
      case SERVER_PAUSED -> new ServerPaused();
      case SERVER_RESTARTED -> new ServerRestarted();
      case ETCD_STOPPED -> new EtcdStopped();
      case HISTORY_OVERRUN -> new HistoryOverrun();
      case CONNECTIONS_CUT -> new ConnectionsCut();
      case HALF_OPEN -> new HalfOpen();
      case ETCD_RESTORED -> new EtcdRestored();
      case SERVER_CUT_OFF -> new ServerCutOff();
    };
  }

  /** Whether no watch can live through it, so that a cache which noticed nothing was not tried. */
  public boolean breaksTheWatch() {
    return breaksTheWatch;
  }

  /** Whether history is replaced, so that a cache has to begin a new epoch. */
  public boolean endsAnEpoch() {
    return this == ETCD_RESTORED;
  }

  /** Whether it may strike every few seconds for an hour. */
  public boolean light() {
    return light;
  }

  /** As people read it, such as {@code server killed}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
