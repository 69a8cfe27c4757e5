package tokenly.tool.faults;

/** {@code bytes} pass, then the connection is closed. */
final class LimitData implements Toxic {

    private long left;

    LimitData(Fault fault) {
        this.left = fault.value(Attribute.BYTES);
    }

    @Override
    public int piece(int available) {
        int piece = (int) Math.min(available, left);
        left -= piece;
        return piece;
    }

    @Override
    public boolean isSpent() {
        return left == 0;
    }
}
