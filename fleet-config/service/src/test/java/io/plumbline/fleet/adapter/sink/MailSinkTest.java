package io.plumbline.fleet.adapter.sink;

import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.plumbline.contract.message.AlertChange;
import io.plumbline.fleet.adapter.secret.Secrets;
import io.plumbline.fleet.core.post.Delivery;
import io.plumbline.fleet.core.spec.alert.Login;
import io.plumbline.fleet.core.spec.alert.MailTarget;
import io.plumbline.fleet.core.spec.alert.MailTarget.Security;
import io.plumbline.fleet.core.spec.alert.Secret;
import io.plumbline.fleet.testing.Alerts;
import io.plumbline.fleet.testing.MutableClock;
import io.plumbline.support.LoopbackPort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailSinkTest {

    private GreenMail server;

    @BeforeEach
    void start() {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void sendsAMailThatSaysWhatIsWrongAndWhatToDoNext() throws Exception {
        // Given
        var alert = Alerts.alert(3, AlertChange.OPENED);
        // When
        var delivery = sink(port(), Security.NONE, Login.NONE).deliver(alert);
        // Then
        assertThat(delivery).isEqualTo(new Delivery.Done());
        var mails = server.getReceivedMessages();
        assertThat(mails).hasSize(2);
        var mail = mails[0];
        assertThat(mail.getSubject()).isEqualTo(AlertText.subject(alert));
        assertThat(mail.getContent().toString().replace("\r\n", "\n").strip())
                .isEqualTo(AlertText.body(alert).strip());
        assertThat(mail.getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(mail.getHeader("Message-ID")).containsExactly("<" + alert.id() + ".3@plumbline>");
        assertThat(mail.getHeader("References")).containsExactly("<" + alert.id() + ".episode-1@plumbline>");
        assertThat(mail.getHeader("In-Reply-To")).isEqualTo(mail.getHeader("References"));
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getSentDate()).isEqualTo(T0.toString());
        assertThat(mail.getAllRecipients()).hasSize(2);
    }

    @Test
    void sendsNothingToAServerThatDoesNotKeepItPrivate() {
        // When
        var delivery = sink(port(), Security.STARTTLS, Login.NONE).deliver(Alerts.alert(3, AlertChange.OPENED));
        // Then
        assertThat(delivery)
                .isInstanceOfSatisfying(
                        Delivery.Unreachable.class,
                        unreachable -> assertThat(unreachable.problem()).contains("STARTTLS"));
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void doesNotWaitForAServerThatHangs() throws Exception {
        // Given
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // When
            var delivery =
                    sink(silent.getLocalPort(), Security.NONE, Login.NONE).deliver(Alerts.alert(3, AlertChange.OPENED));
            // Then
            assertThat(delivery).isInstanceOf(Delivery.Unreachable.class);
        }
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() throws Exception {
        // Given
        var port = LoopbackPort.free().number();
        // When
        var delivery = sink(port, Security.NONE, Login.NONE).deliver(Alerts.alert(3, AlertChange.OPENED));
        // Then
        assertThat(delivery)
                .isInstanceOfSatisfying(
                        Delivery.Unreachable.class,
                        unreachable -> assertThat(unreachable.problem()).contains("127.0.0.1:" + port));
    }

    @Test
    void oneDeadRecipientIsSaidAndTheOthersGetTheMail() throws Exception {
        try (var smtp = new ScriptedSmtp()) {
            // Given
            smtp.refuse("ada@example.com", "550 5.1.1 no such user");
            // When
            var delivery = sink(smtp.port(), Security.NONE, Login.NONE).deliver(Alerts.alert(3, AlertChange.OPENED));
            // Then
            assertThat(smtp.mails()).containsExactly(List.of("ops@example.com"));
            assertThat(delivery)
                    .isEqualTo(new Delivery.Done(Optional.of("127.0.0.1:" + smtp.port()
                            + " does not take it for ada@example.com: 550 5.1.1 no such user")));
        }
    }

    @Test
    void aRecipientThatIsRefusedForNowGetsTheMailLaterAndTheOthersOnce() throws Exception {
        try (var smtp = new ScriptedSmtp()) {
            // Given
            var sink = sink(smtp.port(), Security.NONE, Login.NONE);
            smtp.refuse("ada@example.com", "452 4.2.2 mailbox full");
            // When
            var first = sink.deliver(Alerts.alert(3, AlertChange.OPENED));
            var second = sink.deliver(Alerts.alert(3, AlertChange.OPENED));
            smtp.takeAll();
            var third = sink.deliver(Alerts.alert(3, AlertChange.OPENED));
            // Then
            assertThat(List.of(first, second))
                    .allSatisfy(delivery -> assertThat(delivery)
                            .isInstanceOfSatisfying(
                                    Delivery.Refused.class,
                                    refused -> assertThat(refused.problem())
                                            .contains("ada@example.com", "452 4.2.2 mailbox full")));
            assertThat(third).isEqualTo(new Delivery.Done());
            assertThat(smtp.mails()).containsExactly(List.of("ops@example.com"), List.of("ada@example.com"));
        }
    }

    @Test
    void everyRecipientWhoIsRefusedIsSaidWithItsReason() throws Exception {
        try (var smtp = new ScriptedSmtp()) {
            // Given
            smtp.refuse("ada@example.com", "550 5.1.1 no such user");
            smtp.refuse("ops@example.com", "452 4.2.2 mailbox full");
            // When
            var delivery = sink(smtp.port(), Security.NONE, Login.NONE).deliver(Alerts.alert(3, AlertChange.OPENED));
            // Then
            assertThat(delivery)
                    .isInstanceOfSatisfying(
                            Delivery.Refused.class,
                            refused -> assertThat(refused.problem())
                                    .contains(
                                            "ada@example.com",
                                            "ops@example.com",
                                            "550 5.1.1 no such user",
                                            "452 4.2.2 mailbox full"));
        }
    }

    @Test
    void aServerThatTakesNothingForNowIsLeftAlone() throws Exception {
        try (var smtp = new ScriptedSmtp()) {
            // Given
            smtp.refuse("ada@example.com", "451 4.7.1 try later");
            smtp.refuse("ops@example.com", "451 4.7.1 try later");
            // When
            var delivery = sink(smtp.port(), Security.NONE, Login.NONE).deliver(Alerts.alert(3, AlertChange.OPENED));
            // Then
            assertThat(delivery)
                    .isInstanceOfSatisfying(
                            Delivery.Unreachable.class,
                            unreachable -> assertThat(unreachable.problem()).contains("451 4.7.1 try later"));
        }
    }

    @Test
    void saysWhichSecretIsMissing() {
        // Given
        var login = new Login(Optional.of("ops"), Optional.of(new Secret.InEnvironment("SMTP")));
        // When
        var delivery = sink(port(), Security.STARTTLS, login).deliver(Alerts.alert(3, AlertChange.OPENED));
        // Then
        assertThat(delivery).isEqualTo(new Delivery.Unreachable("environment variable SMTP is not set"));
    }

    private int port() {
        return server.getSmtp().getPort();
    }

    private static MailSink sink(int port, Security security, Login login) {
        var to = List.of("ada@example.com", "ops@example.com");
        var target = new MailTarget("127.0.0.1", port, security, login, "plumbline@example.com", to);
        return new MailSink(
                target, new Secrets(Map.<String, String>of()::get), new MutableClock(T0), Duration.ofMillis(500));
    }
}
