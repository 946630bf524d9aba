package io.admix.engine.export;

import java.io.Serializable;

/**
 * One file of an export: the rows of one dataset from one path to another, in the order of folder
 * and then name, by the bytes of UTF-8. All rows of one path are in one part.
 *
 * @param file below the export's folder
 * @param bytes length of the file
 * @param first path of the first row
 * @param last path of the last row
 * @param crc32c of the whole file, eight hexadecimal digits
 */
public record ExportPart(
    String file, long rows, long bytes, String first, String last, String crc32c)
    implements Serializable {}
