package io.admix.engine.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address, or a range of them in the notation of RFC 4632: {@code 10.1.0.0/16}, {@code
 * fd00::/8}.
 *
 * @param network its first address
 * @param prefix how many leading bits an address of the range shares with it
 */
public record AddressRange(InetAddress network, int prefix) {
  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern LITERAL =
      Pattern.compile(BYTE + "(\\." + BYTE + "){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

  /** Reads one; a name is none, since it would be looked up. */
  public static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    try {
      Optional<InetAddress> literal = literal(address);
      if (literal.isEmpty()) {
        return Optional.empty();
      }
      InetAddress network = literal.get();
      int bits = network.getAddress().length * 8;
      int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
      return prefix < 0 || prefix > bits
          ? Optional.empty()
          : Optional.of(new AddressRange(network, prefix));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The address that is written there; a name is none. */
  public static Optional<InetAddress> literal(String text) {
    if (!LITERAL.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Whether the address lies in the range. */
  public boolean contains(InetAddress address) {
    byte[] ours = network.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit % 8);
      if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + prefix;
  }
}
