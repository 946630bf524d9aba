package io.admix.files;

/**
 * What a file system says of itself.
 *
 * @param type its name, such as {@code ext4}, or a hexadecimal number when unknown
 * @param isNetwork whether it is a network or FUSE file system
 * @param inodesFree -1 where the file system does not count them
 */
public record Volume(
    String type, boolean isNetwork, boolean isReadOnly, long bytesFree, long inodesFree) {}
