package dev.freshet.error;

/**
 * A token asks for a version that the API server has not reached, though the server was asked for
 * its latest state: the token belongs to a history that is gone, as after an etcd restore, or was
 * made up.
 */
public final class BeyondHeadException extends FreshetException {

  private static final long serialVersionUID = 1L;

  private final String kind;
  private final String wanted;
  private final String head;

  public BeyondHeadException(String kind, String wanted, String head) {
    super(
        "the token asks for " + kind + " at " + wanted + " and the API server is at " + head,
        "Throw the token away; whoever made it has to read or write again.",
        null);
    this.kind = kind;
    this.wanted = wanted;
    this.head = head;
  }

  /** What was read, as RBAC names it. */
  public String kind() {
    return kind;
  }

  /** The resourceVersion in the token. */
  public String wanted() {
    return wanted;
  }

  /** The resourceVersion that the server has. */
  public String head() {
    return head;
  }
}
