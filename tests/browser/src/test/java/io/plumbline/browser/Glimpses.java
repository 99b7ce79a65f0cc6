package io.plumbline.browser;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** What a gateway tells of a camera: a drawn corridor with two people in it, of whom INT8 found one. */
final class Glimpses {

    static final int WIDE = 480;
    private static final int TALL = 270;

    private Glimpses() {}

    /**
     * As JSON.
     *
     * @param minute of the frame
     * @param score of the person that INT8 found
     */
    static String of(String device, int minute, String score) throws IOException {
        return """
                {"stream": "cameras", "device": "%s", "event": "%s-%d", "build": "sha256:%s", "time": "2026-01-01T00:%02d:00Z",
                 "found": [{"label": "person", "score": %s, "box": {"x1": 0.24, "y1": 0.3, "x2": 0.36, "y2": 0.9}}],
                 "reference": [{"label": "person", "score": 0.9, "box": {"x1": 0.23, "y1": 0.29, "x2": 0.37, "y2": 0.91}},
                               {"label": "person", "score": 0.6, "box": {"x1": 0.66, "y1": 0.36, "x2": 0.75, "y2": 0.82}}],
                 "jpeg": "%s"}
                """.formatted(device, device, minute, "b".repeat(64), minute, score, jpeg());
    }

    private static String jpeg() throws IOException {
        var image = new BufferedImage(WIDE, TALL, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, new Color(96, 104, 112), 0, TALL, new Color(190, 184, 172)));
        graphics.fillRect(0, 0, WIDE, TALL);
        graphics.setColor(new Color(70, 74, 80));
        graphics.setStroke(new BasicStroke(3));
        graphics.drawLine(0, TALL, 180, 110);
        graphics.drawLine(WIDE, TALL, 300, 110);
        graphics.drawRect(180, 40, 120, 70);
        person(new Person(144, 162, new Color(52, 70, 110)), graphics);
        person(new Person(338, 124, new Color(120, 58, 52)), graphics);
        graphics.dispose();
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", bytes);
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private record Person(int middle, int height, Color clothes) {}

    private static void person(Person person, Graphics2D graphics) {
        var head = person.height / 5;
        var top = person.height > 140 ? 81 : 97;
        graphics.setColor(person.clothes);
        graphics.fillRoundRect(person.middle - head, top + head, 2 * head, person.height - head, head, head);
        graphics.setColor(new Color(214, 178, 150));
        graphics.fillOval(person.middle - head / 2, top, head, head);
    }
}
