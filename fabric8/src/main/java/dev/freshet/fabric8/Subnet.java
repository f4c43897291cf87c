package dev.freshet.fabric8;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** A range of IP addresses as NO_PROXY writes it, {@code 10.0.0.0/8}. Resolves no names. */
record Subnet(InetAddress base, int bits) {

  static Optional<Subnet> of(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    Optional<InetAddress> base = literal(text.substring(0, slash));
    try {
      int bits = Integer.parseInt(text.substring(slash + 1));
      return base.filter(b -> bits >= 0 && bits <= b.getAddress().length * 8)
          .map(b -> new Subnet(b, bits));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  boolean contains(String host) {
    return literal(host).filter(this::contains).isPresent();
  }

  private boolean contains(InetAddress address) {
    byte[] ours = base.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static Optional<InetAddress> literal(String host) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    boolean isLiteral = bare.contains(":") || bare.matches("[0-9.]+");
    try {
      return isLiteral ? Optional.of(InetAddress.getByName(bare)) : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
