package io.admix.engine.demo;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** One shape in one colour on a ground of another, as PNG: a header, its lines, an end. */
final class DemoPicture {
  private static final byte[] SIGNATURE =
      "\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1);
  private static final int[] COLOURS = {
    0xd1495b, 0xedae49, 0x66a182, 0x2e4057, 0x00798c, 0x8d6a9f, 0xf08a4b
  };
  private static final int[] GROUNDS = {0xf7f5ef, 0xe9eef2, 0xfdf1e3, 0xeef4ea};

  private DemoPicture() {}

  static byte[] png(String shape, Random random) {
    int side = 48 + 16 * random.nextInt(6);
    int colour = COLOURS[random.nextInt(COLOURS.length)];
    int ground = GROUNDS[random.nextInt(GROUNDS.length)];
    double radius = side * (0.2 + 0.2 * random.nextDouble());
    double x = side / 2.0 + (random.nextDouble() - 0.5) * (side - 2 * radius);
    double y = side / 2.0 + (random.nextDouble() - 0.5) * (side - 2 * radius);
    ByteBuffer lines = ByteBuffer.allocate(side * (1 + 3 * side));
    for (int row = 0; row < side; row++) {
      lines.put((byte) 0);
      for (int column = 0; column < side; column++) {
        boolean isIn = isIn(shape, (column + 0.5 - x) / radius, (row + 0.5 - y) / radius);
        put(lines, isIn ? colour : ground);
      }
    }
    return png(side, lines.array());
  }

  /** Of a shape around the middle that reaches 1 in each direction. */
  private static boolean isIn(String shape, double x, double y) {
    return switch (shape) {
      case "circle" -> x * x + y * y <= 1;
      case "square" -> Math.abs(x) <= 1 && Math.abs(y) <= 1;
      default -> y <= 1 && y >= 2 * Math.abs(x) - 1;
    };
  }

  private static void put(ByteBuffer lines, int colour) {
    lines.put((byte) (colour >> 16)).put((byte) (colour >> 8)).put((byte) colour);
  }

  private static byte[] png(int side, byte[] lines) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(SIGNATURE);
    // Eight bits a colour, three colours, no interlace.
    byte[] header =
        ByteBuffer.allocate(13).putInt(side).putInt(side).put(new byte[] {8, 2, 0, 0, 0}).array();
    chunk(out, "IHDR", header);
    chunk(out, "IDAT", deflated(lines));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(name);
    out.writeBytes(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }

  private static byte[] deflated(byte[] lines) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(lines);
      deflater.finish();
      byte[] buffer = new byte[4_096];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
    } finally {
      deflater.end();
    }
    return out.toByteArray();
  }
}
