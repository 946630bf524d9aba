package io.admix.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reading and writing files of one folder byte by byte, for what comes from or goes to a place that
 * is no folder. Safe for use by many threads.
 */
public interface FileBytes {
  /**
   * Opens a regular file; the caller closes.
   *
   * @throws SourceChangedException when it is not as expected
   * @throws Fault ELOOP for a symbolic link, which is not followed
   */
  Open open(String name, Folder.Expected expected) throws Fault, SourceChangedException;

  /**
   * Makes a file of all bytes of a stream: the name appears when it is whole, or not at all. Never
   * replaces: EEXIST. Its mode is what the umask leaves of 0666.
   *
   * @param size that it must have; EIO where the stream gives fewer or more
   * @param modifiedNs its time in nanoseconds since 1970
   * @return what stat shows of it
   * @throws Fault when it cannot be made; nothing of it is left
   * @throws IOException what the stream throws, as it is; nothing of it is left
   */
  Stat write(String name, InputStream bytes, long size, long modifiedNs) throws IOException;

  /** An open file. For one thread. */
  interface Open extends Closeable {
    /**
     * Reads at a place.
     *
     * @param at counted from 0
     * @return bytes that were read, fewer than {@code length} also before the end; −1 at the end
     */
    int read(byte[] into, int offset, int length, long at) throws Fault;

    /**
     * What was read are the expected bytes, if nothing was changed meanwhile.
     *
     * @throws SourceChangedException when the file that was opened is not as expected any more
     */
    void requireUnchanged() throws Fault, SourceChangedException;

    @Override
    void close();
  }
}
