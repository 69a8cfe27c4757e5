package tokenly.store;

/**
 * Where one part of a record stands.
 *
 * @param segment number of the file
 * @param offset in it
 * @param bytes that it takes
 */
record RecordLocation(int segment, int offset, int bytes) {}
