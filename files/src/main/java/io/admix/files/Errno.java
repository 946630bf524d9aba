package io.admix.files;

/** Named causes of a failed file operation, as errno(3) names them. Numbers stay with each platform. */
public enum Errno {
  EPERM, ENOENT, EINTR, EIO, EBADF, EAGAIN, ENOMEM, EACCES, EBUSY, EEXIST, EXDEV, ENOTDIR, EISDIR, EINVAL, ENFILE, EMFILE, ENOTTY,
  ETXTBSY, EFBIG, ENOSPC, EROFS, EMLINK, ENAMETOOLONG, ENOSYS, ENOTEMPTY, ELOOP, EOPNOTSUPP, ETIMEDOUT, EDQUOT, ESTALE, EOVERFLOW,
  /** A cause that this list does not name; the fault's message has the platform's own words. */
  OTHER
}
