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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends e-mails, each on a connection of its own. Those of an episode name the same root, a message that was never sent: they are one thread
 * in a mail program that goes by that, and not in one that goes by the subject too, which says what changed.
 */
final class MailSink implements Sink {

    private static final int MOST_PARTLY_SENT = 1000;
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final MailTarget target;
    private final Secrets secrets;
    private final Clock clock;
    private final Duration patience;
    /** Who has a mail that others are still to get, by its id. With the process that is forgotten, and they get it again. */
    private final Map<String, Set<Address>> had = new HashMap<>();

    MailSink(MailTarget target, Secrets secrets, Clock clock, Duration patience) {
        this.target = target;
        this.secrets = secrets;
        this.clock = clock;
        this.patience = patience;
    }

    @Override
    public Delivery deliver(Alert alert) {
        var id = "<" + alert.id() + "." + alert.revision() + "@plumbline>";
        try {
            var session = Session.getInstance(properties());
            var mail = mail(session, alert, id);
            try (var transport = session.getTransport(scheme())) {
                connect(transport);
                transport.sendMessage(mail, missing(mail));
            }
            had.remove(id);
            return new Delivery.Done();
        } catch (SendFailedException e) {
            return partly(id, e);
        } catch (MessagingException e) {
            return new Delivery.Unreachable(name() + " does not take it: " + oneLine(e));
        } catch (Secrets.MissingSecretException e) {
            return new Delivery.Unreachable(String.valueOf(e.getMessage()));
        }
    }

    private Address[] missing(MimeMessage mail) throws MessagingException {
        var all = new LinkedHashSet<>(List.of(mail.getAllRecipients()));
        all.removeAll(had.getOrDefault(mail.getMessageID(), Set.of()));
        return all.toArray(Address[]::new);
    }

    private void connect(Transport transport) throws MessagingException, Secrets.MissingSecretException {
        var login = target.login();
        if (login.user().isPresent() && login.password().isPresent()) {
            transport.connect(login.user().get(), secrets.read(login.password().get()));
        } else {
            transport.connect();
        }
    }

    private MimeMessage mail(Session session, Alert alert, String id) throws MessagingException {
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
        var root = "<" + alert.id() + ".episode-" + alert.episode() + "@plumbline>";
        mail.setHeader("In-Reply-To", root);
        mail.setHeader("References", root);
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
        properties.setProperty(mail + "sendpartial", "true");
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

    /**
     * Who is refused for good does not keep the mail from the others; who is refused for now (4yz) is tried again, alone. A server that
     * refuses everybody for now would refuse another letter too.
     */
    private Delivery partly(String id, SendFailedException e) {
        var sent = addresses(e.getValidSentAddresses());
        var unsent = addresses(e.getValidUnsentAddresses());
        var refused = addresses(e.getInvalidAddresses());
        var reason = reasons(e);
        var someHaveIt = !sent.isEmpty() || had.containsKey(id);
        if (!someHaveIt && refused.isEmpty()) {
            var problem = name() + " does not take it: " + reason;
            return reason.startsWith("4") ? new Delivery.Unreachable(problem) : new Delivery.Refused(problem);
        }
        var without = Stream.concat(unsent.stream(), refused.stream()).map(Address::toString);
        var problem = name() + " does not take it for " + without.collect(Collectors.joining(", ")) + ": " + reason;
        if (someHaveIt && unsent.isEmpty() && !refused.isEmpty()) {
            had.remove(id);
            return new Delivery.Done(Optional.of(problem));
        }
        remember(id, sent);
        return new Delivery.Refused(problem);
    }

    /** The message of the exception itself may be of a recipient who was taken. */
    private static String reasons(SendFailedException e) {
        var reasons = new LinkedHashSet<String>();
        for (var next = e.getNextException(); next instanceof MessagingException why; next = why.getNextException()) {
            reasons.add(oneLine(why));
        }
        return reasons.isEmpty() ? oneLine(e) : String.join("; ", reasons);
    }

    private void remember(String id, List<Address> sent) {
        if (had.size() >= MOST_PARTLY_SENT) {
            had.clear();
        }
        if (!sent.isEmpty()) {
            had.computeIfAbsent(id, any -> new HashSet<>()).addAll(sent);
        }
    }

    private static List<Address> addresses(Address @Nullable [] some) {
        return some == null ? List.of() : List.of(some);
    }

    private String name() {
        return target.host() + ":" + target.port();
    }

    private static String oneLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
