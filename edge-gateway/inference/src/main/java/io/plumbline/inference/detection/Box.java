package io.plumbline.inference.detection;

/** A rectangle in shares of an image: 0, 0 is its top left corner, 1, 1 its bottom right one. It may reach outside. */
public record Box(double left, double top, double right, double bottom) {

    /** By its centre and size. */
    public static Box centred(double x, double y, double width, double height) {
        return new Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
    }

    /** From pixels to shares. */
    public Box dividedBy(double width, double height) {
        return new Box(left / width, top / height, right / width, bottom / height);
    }

    /** Intersection over union, from 0 to 1; 0 if either is empty. */
    public double overlap(Box other) {
        var shared = Math.max(0, Math.min(right, other.right) - Math.max(left, other.left))
                * Math.max(0, Math.min(bottom, other.bottom) - Math.max(top, other.top));
        return shared <= 0 ? 0 : shared / (area() + other.area() - shared);
    }

    /** Whether it is finite and has an area. */
    public boolean isSound() {
        return right > left && bottom > top && Double.isFinite(left + top + right + bottom);
    }

    private double area() {
        return (right - left) * (bottom - top);
    }
}
