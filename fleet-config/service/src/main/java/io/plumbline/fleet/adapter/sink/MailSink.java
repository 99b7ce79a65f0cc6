package io.plumbline.fleet.adapter.sink;

import io.plumbline.contract.message.Alert;
import io.plumbline.fleet.adapter.secret.Secrets;
import io.plumbline.fleet.core.post.Delivery;
import io.plumbline.fleet.core.post.Sink;
import io.plumbline.fleet.core.spec.alert.MailTarget;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;

/** Sends e-mails, each on a connection of its own. Those of an episode make one thread in a mail program. */
final class MailSink implements Sink {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final MailTarget target;
    private final Secrets secrets;
    private final Clock clock;
    private final Duration patience;

    MailSink(MailTarget target, Secrets secrets, Clock clock, Duration patience) {
        this.target = target;
        this.secrets = secrets;
        this.clock = clock;
        this.patience = patience;
    }

    @Override
    public Delivery deliver(Alert alert) {
        try {
            var session = Session.getInstance(properties());
            var mail = mail(session, alert);
            try (var transport = session.getTransport(scheme())) {
                connect(transport);
                transport.sendMessage(mail, mail.getAllRecipients());
            }
            return new Delivery.Done();
        } catch (SendFailedException e) {
            return refusal(e);
        } catch (MessagingException e) {
            return new Delivery.Unreachable(name() + " does not take it: " + oneLine(e));
        } catch (Secrets.MissingSecretException e) {
            return new Delivery.Unreachable(String.valueOf(e.getMessage()));
        }
    }

    private void connect(Transport transport) throws MessagingException, Secrets.MissingSecretException {
        var login = target.login();
        if (login.user().isPresent() && login.password().isPresent()) {
            transport.connect(login.user().get(), secrets.read(login.password().get()));
        } else {
            transport.connect();
        }
    }

    private MimeMessage mail(Session session, Alert alert) throws MessagingException {
        var id = "<" + alert.id() + "." + alert.revision() + "@plumbline>";
        var mail = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", id);
            }
        };
        mail.setFrom(new InternetAddress(target.from()));
        for (var to : target.to()) {
            mail.addRecipient(Message.RecipientType.TO, new InternetAddress(to));
        }
        mail.setSubject(AlertText.subject(alert), UTF_8);
        mail.setText(AlertText.body(alert), UTF_8);
        mail.setSentDate(Date.from(clock.instant()));
        mail.setHeader("References", "<" + alert.id() + ".episode-" + alert.episode() + "@plumbline>");
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.saveChanges();
        return mail;
    }

    private Properties properties() {
        var mail = "mail." + scheme() + ".";
        var properties = new Properties();
        properties.setProperty(mail + "host", target.host());
        properties.setProperty(mail + "port", Integer.toString(target.port()));
        properties.setProperty(
                mail + "auth", Boolean.toString(target.login().user().isPresent()));
        properties.setProperty(mail + "starttls.enable", Boolean.toString(isStartTls()));
        properties.setProperty(mail + "starttls.required", Boolean.toString(isStartTls()));
        properties.setProperty(mail + "ssl.checkserveridentity", "true");
        for (var limit : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            properties.setProperty(mail + limit, Long.toString(patience.toMillis()));
        }
        return properties;
    }

    private boolean isStartTls() {
        return target.security() == MailTarget.Security.STARTTLS;
    }

    private String scheme() {
        return target.security() == MailTarget.Security.TLS ? "smtps" : "smtp";
    }

    /** A server that refuses for now (4yz) would refuse another letter too. */
    private Delivery refusal(SendFailedException e) {
        var problem = name() + " refuses it: " + oneLine(e);
        var isForNow = Optional.ofNullable(e.getMessage()).orElse("").startsWith("4");
        Address[] invalid = e.getInvalidAddresses();
        var hasInvalid = invalid != null && invalid.length > 0;
        return isForNow && !hasInvalid ? new Delivery.Unreachable(problem) : new Delivery.Refused(problem);
    }

    private String name() {
        return target.host() + ":" + target.port();
    }

    private static String oneLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
