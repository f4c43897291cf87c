package dev.freshet.compact;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictDecompress;
import dev.freshet.object.Body;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What objects of one kind have in common, and so need not hold each. Thread-safe.
 *
 * <p>Holds native memory of some times its size, and 0.1 MB for each thread that reads at the same
 * time; freed when neither a packer nor a packed body refers to it any more.
 */
public final class Dictionary {

  /** Higher levels take several times as long for a few percent. */
  private static final int LEVEL = 3;

  private static final int MOST_UNPACKERS = 16;

  /** Of what packs or unpacks, for objects in passing; larger ones are rare. */
  private static final int ROOM_BYTES = 16 << 10;

  private static final int MOST_COMPRESSORS = 2;

  /** They keep the buffer, and so it stays until both are closed. */
  private static final boolean BY_REFERENCE = true;

  private static final Cleaner CLEANER = Cleaner.create();

  /** The only copy: zstd reads it here, too. */
  private final ByteBuffer content;

  private final Idle<Compressor> compressors;
  private final Idle<Unpacker> unpackers;

  /** From what was trained. Where {@link Packer#isOff zstd cannot be had} there is none. */
  public Dictionary(byte[] trained) {
    this.content = ByteBuffer.allocateDirect(trained.length).put(0, trained);
    var packing = new ZstdDictCompress(content, LEVEL, BY_REFERENCE);
    var unpacking = new ZstdDictDecompress(content, BY_REFERENCE);
    Idle<Compressor> ready =
        new Idle<>(MOST_COMPRESSORS, () -> new Compressor(packing), Compressor::close);
    Idle<Unpacker> idle =
        new Idle<>(MOST_UNPACKERS, () -> new Unpacker(unpacking), Unpacker::close);
    this.compressors = ready;
    this.unpackers = idle;
    CLEANER.register(
        this,
        () -> {
          ready.clear();
          idle.clear();
          packing.close();
          unpacking.close();
        });
  }

  /** The bytes without what this holds of them. */
  byte[] pack(byte[] bytes) {
    Compressor compressor = compressors.take();
    try {
      return compressor.compress(bytes);
    } finally {
      compressors.giveBack(compressor);
      Reference.reachabilityFence(this);
    }
  }

  /**
   * What {@link #pack} was given.
   *
   * @param length of that
   */
  byte[] unpack(byte[] packed, int length) {
    Unpacker unpacker = unpackers.take();
    try {
      byte[] bytes = new byte[length];
      unpacker.unpack(packed, bytes, length);
      return bytes;
    } finally {
      unpackers.giveBack(unpacker);
      Reference.reachabilityFence(this);
    }
  }

  /** Shows what {@link #pack} was given, in an array that is used again. */
  <R> @Nullable R show(byte[] packed, int length, Body.Viewer<R> viewer) {
    Unpacker unpacker = unpackers.take();
    try {
      return viewer.see(unpacker.unpacked(packed, length), length);
    } finally {
      unpackers.giveBack(unpacker);
      Reference.reachabilityFence(this);
    }
  }

  /** What it was made of, as a copy. */
  public byte[] content() {
    byte[] copy = new byte[content.capacity()];
    content.get(0, copy);
    return copy;
  }

  /** Undoes what {@link Compressor} does. */
  private static final class Unpacker {
    private final ZstdDecompressCtx context;
    private final byte[] room = new byte[ROOM_BYTES];

    Unpacker(ZstdDictDecompress dictionary) {
      context = new ZstdDecompressCtx().setMagicless(true).loadDict(dictionary);
    }

    void unpack(byte[] packed, byte[] target, int length) {
      int unpacked =
          context.decompressByteArray(target, 0, target.length, packed, 0, packed.length);
      if (unpacked != length) {
        throw new IllegalStateException(
            "a packed object has " + unpacked + " bytes, not " + length);
      }
    }

    /** In the room that is here, if it is enough. */
    byte[] unpacked(byte[] packed, int length) {
      byte[] target = length <= room.length ? room : new byte[length];
      unpack(packed, target, length);
      return target;
    }

    void close() {
      context.close();
    }
  }

  /** Compresses, without what only a file needs: magic number, sizes, checksum. */
  private static final class Compressor {
    private final ZstdCompressCtx context;
    private byte[] room = new byte[(int) Zstd.compressBound(ROOM_BYTES)];

    Compressor(ZstdDictCompress dictionary) {
      context =
          new ZstdCompressCtx()
              .setMagicless(true)
              .setContentSize(false)
              .setDictID(false)
              .setChecksum(false)
              .loadDict(dictionary);
    }

    byte[] compress(byte[] bytes) {
      int most = (int) Zstd.compressBound(bytes.length);
      byte[] target = most <= room.length ? room : new byte[most];
      int length = context.compressByteArray(target, 0, target.length, bytes, 0, bytes.length);
      return Arrays.copyOf(target, length);
    }

    void close() {
      context.close();
    }
  }
}
