package dev.freshet.trials.fault;

/** A way to break something and mend it. Holds no state: one may strike often. */
sealed interface Fault
    permits ServerKilled,
        ServerPaused,
        ServerRestarted,
        EtcdStopped,
        HistoryOverrun,
        ConnectionsCut,
        HalfOpen,
        EtcdRestored,
        ServerCutOff {
  /** As {@link FaultKind#strike}. */
  void strike(Ground ground) throws InterruptedException;
}
