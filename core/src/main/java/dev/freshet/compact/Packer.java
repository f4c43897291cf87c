package dev.freshet.compact;

import dev.freshet.object.Body;
import dev.freshet.object.StoredObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Packs the objects of one cache, as soon as enough of them were seen to know what they have in
 * common. Thread-safe.
 */
public final class Packer {

  /** Shorter objects stay as they are. */
  private static final int LEAST_BYTES = 128;

  /** A packed object that is hardly smaller stays as it is, and so is read for nothing. */
  private static final double WORTH_RATIO = 0.9;

  /** Objects by which an old and a new dictionary are compared. */
  private static final int COMPARED = 128;

  /** A new dictionary must hold objects in so much of what they take now, to pay for the work. */
  private static final double BETTER_RATIO = 0.9;

  private final boolean wanted;
  private volatile @Nullable Dictionary dictionary;

  /** The last one that a body was given; only to share it. */
  private volatile @Nullable Packing shared;

  private Packer(boolean wanted) {
    this.wanted = wanted;
  }

  /** One that packs, if zstd can be had on this machine. */
  public static Packer packing() {
    return new Packer(true);
  }

  /** One that leaves everything as it is. */
  public static Packer off() {
    return new Packer(false);
  }

  /** Whether it will ever pack anything. */
  public boolean isOff() {
    return !wanted || !NativeZstd.isAvailable();
  }

  /** Whether it can pack now. */
  public boolean isReady() {
    return dictionary != null;
  }

  /** Packs by this from now on, which an earlier process has trained. */
  public void packBy(Dictionary known) {
    if (!isOff()) {
      dictionary = known;
    }
  }

  /** Whether so many bytes of plain objects are enough to begin. */
  public boolean isWorth(long bytes) {
    return bytes >= Training.WORTH_BYTES;
  }

  /** Lets an object hold its bytes packed; leaves it as it is if that is not possible yet. */
  public void pack(StoredObject object) {
    object.holdAs(packed(object.body()));
  }

  /** The same bytes, packed by what is known now; the body itself if that would gain nothing. */
  public Body packed(Body body) {
    Dictionary current = dictionary;
    if (current == null || (body instanceof PackedBody held && held.isPackedBy(current))) {
      return body;
    }
    byte[] bytes = body.bytes();
    if (bytes.length < LEAST_BYTES) {
      return body;
    }
    byte[] packed = current.pack(bytes);
    if (packed.length <= WORTH_RATIO * bytes.length) {
      return new PackedBody(packing(current, body.encoding()), packed, bytes.length);
    }
    return body instanceof PackedBody ? Body.of(bytes, body.encoding()) : body;
  }

  private Packing packing(Dictionary by, Body.Encoding encoding) {
    Packing last = shared;
    if (last == null || last.dictionary() != by || !last.encoding().equals(encoding)) {
      last = new Packing(by, encoding);
      shared = last;
    }
    return last;
  }

  /**
   * Looks at these objects for what they have in common, and takes that if they come to clearly
   * less by it than now; some 0.2 s. What is packed already stays so until it is packed anew.
   *
   * @return whether it has
   */
  public boolean learn(List<StoredObject> objects) {
    if (isOff()) {
      return false;
    }
    Optional<Dictionary> trained = Training.of(objects);
    if (trained.isEmpty() || !isBetter(trained.get(), objects)) {
      return false;
    }
    dictionary = trained.get();
    return true;
  }

  private static boolean isBetter(Dictionary candidate, List<StoredObject> objects) {
    long now = 0;
    long then = 0;
    for (StoredObject object : Spread.over(objects, COMPARED, 0.5)) {
      Body body = object.body();
      now += body.heldBytes();
      then += candidate.pack(body.bytes()).length;
    }
    return then <= BETTER_RATIO * now;
  }
}
