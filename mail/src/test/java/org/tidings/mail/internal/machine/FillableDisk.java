package org.tidings.mail.internal.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;

/** The real disk, which is full when told: then half of what is written still fits, as it happens. */
public final class FillableDisk extends Disk.Real {

    public volatile boolean full;
    /** Not even what was written by half can be taken back. */
    public volatile boolean stuck;

    @Override
    public SeekableByteChannel create(Path file) throws IOException {
        return new Channel(super.create(file));
    }

    private final class Channel implements SeekableByteChannel {
        private final SeekableByteChannel real;

        Channel(SeekableByteChannel real) {
            this.real = real;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            if (full) {
                ByteBuffer half = source.slice();
                half.limit(half.remaining() / 2);
                real.write(half);
                throw new IOException("No space left on device");
            }
            return real.write(source);
        }

        @Override
        public SeekableByteChannel truncate(long size) throws IOException {
            if (stuck) {
                throw new IOException("Input/output error");
            }
            real.truncate(size);
            return this;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return real.read(target);
        }

        @Override
        public long position() throws IOException {
            return real.position();
        }

        @Override
        public SeekableByteChannel position(long newPosition) throws IOException {
            real.position(newPosition);
            return this;
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        public boolean isOpen() {
            return real.isOpen();
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
