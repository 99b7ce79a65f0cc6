package io.plumbline.inference.image;

import javax.imageio.stream.ImageInputStreamImpl;

/** Bytes in memory as Image I/O wants to read them, without a copy; remembers whether somebody read past the end. */
final class ByteSource extends ImageInputStreamImpl {

    private final byte[] bytes;
    private boolean ranOut;

    ByteSource(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean ranOut() {
        return ranOut;
    }

    @Override
    public int read() {
        bitOffset = 0;
        if (streamPos >= bytes.length) {
            ranOut = true;
            return -1;
        }
        return bytes[(int) streamPos++] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        bitOffset = 0;
        if (streamPos >= bytes.length) {
            ranOut |= length > 0;
            return length > 0 ? -1 : 0;
        }
        var count = (int) Math.min(length, bytes.length - streamPos);
        System.arraycopy(bytes, (int) streamPos, target, offset, count);
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return bytes.length;
    }
}
