package io.plumbline.registry.adapter.disk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The image layout of one moment as a tar file, which tools read as {@code oci-archive} and which unpacks into the place of the
 * layout. Pushes go on meanwhile and are not in it; nothing that is in it is deleted until it is written.
 */
public final class LayoutArchive {

    private static final int BLOCK = 512;
    private static final int MODE = 100;
    private static final int SIZE = 124;
    private static final int TIME = 136;
    private static final int CHECKSUM = 148;
    private static final int TYPE = 156;
    private static final int MAGIC = 257;

    private final ImageLayout layout;

    public LayoutArchive(ImageLayout layout) {
        this.layout = layout;
    }

    /** Writes all of it; what was written before an exception is not to be used. */
    public void write(OutputStream out) throws IOException {
        try (var snapshot = layout.snapshot()) {
            add(out, "oci-layout", LayoutIndex.VERSION);
            add(out, "index.json", snapshot.index());
            for (var digest : snapshot.digests()) {
                add(out, "blobs/sha256/" + digest.hex(), snapshot.file(digest));
            }
            out.write(new byte[2 * BLOCK]);
        }
    }

    private static void add(OutputStream out, String name, byte[] content) throws IOException {
        out.write(header(name, content.length));
        out.write(content);
        pad(out, content.length);
    }

    private static void add(OutputStream out, String name, Path file) throws IOException {
        var size = Files.size(file);
        out.write(header(name, size));
        Files.copy(file, out);
        pad(out, size);
    }

    private static void pad(OutputStream out, long size) throws IOException {
        out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
    }

    /** In the ustar format of POSIX; sizes from 8 GiB on in the binary form that every tar reads. */
    private static byte[] header(String name, long size) {
        var block = new byte[BLOCK];
        put(block, 0, name);
        put(block, MODE, "0000644\0" + "0000000\0" + "0000000\0");
        if (size < 1L << 33) {
            put(block, SIZE, String.format(Locale.ROOT, "%011o\0", size));
        } else {
            block[SIZE] = (byte) 0x80;
            for (int i = 0; i < Long.BYTES; i++) {
                block[TIME - 1 - i] = (byte) (size >>> (8 * i));
            }
        }
        put(block, TIME, "00000000000\0");
        put(block, CHECKSUM, "        ");
        block[TYPE] = '0';
        put(block, MAGIC, "ustar\00000");
        var sum = 0;
        for (var one : block) {
            sum += one & 0xFF;
        }
        put(block, CHECKSUM, String.format(Locale.ROOT, "%06o\0 ", sum));
        return block;
    }

    private static void put(byte[] block, int at, String text) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }
}
