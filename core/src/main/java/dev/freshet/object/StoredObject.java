package dev.freshet.object;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One version of one object: the row that is always at hand, and the bytes that are decoded only
 * when touched. Thread-safe; what it says never changes, only how its bytes are held.
 */
public final class StoredObject {

  // Written without care for readers, as the body is: whichever of two equal ones they find.
  private ObjectKey key;
  private Labels labels;
  private @Nullable Owner owner;

  /** The version, if it is a number. */
  private final long version;

  /** The UID, if it is a UUID. */
  private final long uidHigh;

  private final long uidLow;

  /** What is no number; null as of nearly all objects. */
  private final @Nullable Other other;

  /** Written without care for readers: whichever form they find is right. */
  private Body body;

  /** What few objects have: a UID that is no UUID, a version that is no number. */
  private record Other(@Nullable String uid, @Nullable ResourceVersion version) {}

  /**
   * One as the server sent it.
   *
   * @param uid empty where the API gives none
   * @param owner the controlling owner, or null
   */
  public StoredObject(
      ObjectKey key,
      String uid,
      ResourceVersion resourceVersion,
      Labels labels,
      @Nullable Owner owner,
      Body body) {
    this(key, uid, Uid.isCanonical(uid), resourceVersion, labels, owner, body);
  }

  private StoredObject(
      ObjectKey key,
      String uid,
      boolean canonical,
      ResourceVersion resourceVersion,
      Labels labels,
      @Nullable Owner owner,
      Body body) {
    this(
        key,
        canonical ? Uid.high(uid) : 0,
        canonical ? Uid.low(uid) : 0,
        canonical ? null : uid,
        resourceVersion,
        labels,
        owner,
        body);
  }

  /**
   * One whose UID is a UUID as the API server writes them.
   *
   * @param uidHigh its first 16 digits
   * @param uidLow its last 16 digits
   * @param owner the controlling owner, or null
   */
  public StoredObject(
      ObjectKey key,
      long uidHigh,
      long uidLow,
      ResourceVersion resourceVersion,
      Labels labels,
      @Nullable Owner owner,
      Body body) {
    this(key, uidHigh, uidLow, null, resourceVersion, labels, owner, body);
  }

  private StoredObject(
      ObjectKey key,
      long uidHigh,
      long uidLow,
      @Nullable String otherUid,
      ResourceVersion resourceVersion,
      Labels labels,
      @Nullable Owner owner,
      Body body) {
    this.key = key;
    this.labels = labels;
    this.owner = owner;
    this.body = body;
    this.uidHigh = uidHigh;
    this.uidLow = uidLow;
    this.version = resourceVersion.number();
    ResourceVersion otherVersion = version == 0 ? resourceVersion : null;
    this.other =
        otherUid == null && otherVersion == null ? null : new Other(otherUid, otherVersion);
  }

  public ObjectKey key() {
    return key;
  }

  /** Empty where the API gives none. */
  public String uid() {
    String text = otherUid();
    return text == null ? Uid.text(uidHigh, uidLow) : text;
  }

  /** Whether the UID is a UUID, which is two numbers. */
  public boolean hasUuid() {
    return otherUid() == null;
  }

  private @Nullable String otherUid() {
    return other == null ? null : other.uid;
  }

  /** The first 16 digits of the UID if it {@linkplain #hasUuid is a UUID}. */
  public long uidHigh() {
    return uidHigh;
  }

  /** The last 16 digits of the UID if it {@linkplain #hasUuid is a UUID}. */
  public long uidLow() {
    return uidLow;
  }

  /** Whether both are versions of one object, and not of two that had one name. */
  public boolean isSameObject(StoredObject that) {
    return uidHigh == that.uidHigh
        && uidLow == that.uidLow
        && Objects.equals(otherUid(), that.otherUid());
  }

  /** Made anew for each call, since a cache holds one for each object; cheap. */
  public ResourceVersion resourceVersion() {
    return other == null || other.version == null ? ResourceVersion.of(version) : other.version;
  }

  public Labels labels() {
    return labels;
  }

  /** The controlling owner, or null. */
  public @Nullable Owner owner() {
    return owner;
  }

  public Body body() {
    return body;
  }

  /**
   * Holds its bytes in another form from now on, such as packed.
   *
   * @param same whose bytes equal those of {@link #body()}; immutable
   */
  public void holdAs(Body same) {
    body = same;
  }

  /** Holds its key, labels and owner in common with an object that has equal ones. */
  public void shareWith(StoredObject that) {
    if (key.equals(that.key)) {
      key = that.key;
    }
    if (labels.equals(that.labels)) {
      labels = that.labels;
    }
    if (owner != null && owner.equals(that.owner)) {
      owner = that.owner;
    }
  }

  @Override
  public String toString() {
    return key + " at " + resourceVersion();
  }
}
