package org.tidings.web.mail;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tidings.mail.Delivery;
import org.tidings.site.Spreadsheet;

/**
 * One recipient of a mailing and what happened, for staff.
 *
 * @param address empty when the person was erased since
 * @param link to the person's page, or empty
 * @param zone hers, if she said it
 * @param daytime when the hours of the mailing begin where she lives, if that is what she waits for
 */
public record DeliveryLine(
        Delivery delivery,
        String address,
        String name,
        String link,
        Optional<ZoneId> zone,
        Optional<OffsetDateTime> daytime) {

    /** Of a mailing that keeps to no hours. */
    public DeliveryLine(Delivery delivery, String address, String name, String link) {
        this(delivery, address, name, link, Optional.empty(), Optional.empty());
    }

    /** Gives lines in portions. */
    @FunctionalInterface
    public interface Portions {
        /**
         * The next lines in order of recipient; none at the end.
         *
         * @param after the last recipient seen, or null to begin
         */
        List<DeliveryLine> after(@Nullable UUID after);
    }

    /** All of them as a file, read portion by portion while it is written. */
    public static Response csv(Portions portions) {
        StreamingOutput stream = out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            Spreadsheet.begin(writer);
            Spreadsheet.row(
                    writer,
                    List.of(
                            "address",
                            "name",
                            "state",
                            "at",
                            "attempts",
                            "doubtful",
                            "server",
                            "reply",
                            "skipped",
                            "next_try"));
            List<DeliveryLine> lines = portions.after(null);
            while (!lines.isEmpty()) {
                for (DeliveryLine line : lines) {
                    line.write(writer);
                }
                lines = portions.after(lines.get(lines.size() - 1).delivery().recipient());
            }
            writer.flush();
        };
        return Response.ok(stream)
                .header("Content-Type", "text/csv; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"deliveries.csv\"")
                .build();
    }

    private void write(Writer writer) throws IOException {
        Spreadsheet.row(
                writer,
                List.of(
                        address,
                        name,
                        delivery.state().name(),
                        delivery.at().toString(),
                        Integer.toString(delivery.attempts()),
                        Boolean.toString(delivery.everDoubtful()),
                        delivery.server().orElse(""),
                        delivery.reply().map(Replies::inEnglish).orElse(""),
                        delivery.skipped().map(Enum::name).orElse(""),
                        delivery.nextTry().map(OffsetDateTime::toString).orElse("")));
    }
}
