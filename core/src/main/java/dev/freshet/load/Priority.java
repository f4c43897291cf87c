package dev.freshet.load;

/** Who goes first where a budget does not do for all who wait; of equals, who came first. */
public enum Priority {
  /** Work that must not wait: admission, leader work. What keeps caches is of this kind, too. */
  CRITICAL,
  /** What nothing else is said of. */
  NORMAL,
  /** Dashboards, reports: gives way to everybody else. */
  LOW
}
