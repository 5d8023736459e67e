package org.tidings.newsletter.internal.importing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.newsletter.ColumnUse;
import org.tidings.newsletter.ImportAnswer;
import org.tidings.newsletter.ImportRejected;
import org.tidings.newsletter.ImportReport.RowError;
import org.tidings.newsletter.ImportState;
import org.tidings.newsletter.ImportView;
import org.tidings.newsletter.internal.importing.ImportStore.Job;
import org.tidings.newsletter.internal.importing.ImportStore.Kind;
import org.tidings.newsletter.internal.knowing.AttributeBook;
import org.tidings.site.Ids;
import org.tidings.site.Spreadsheet;
import org.tidings.site.Sql;
import org.tidings.site.Transactions;

/**
 * The work between the steps of an import. A node takes an import for some seconds, and says with each part that it goes on; when it dies,
 * the next one takes it, and begins with the part that was not written. Parts are transactions of their own.
 */
public final class ImportJobs {

    private static final Logger LOG = Logger.getLogger(ImportJobs.class.getName());

    /** So long may a file take to be unpacked and looked at. */
    private static final int LOOKING_SECONDS = 300;

    private static final int PART_SECONDS = 20;
    private static final int TRIES = 4;
    private static final int MOST_FAILURES = 5;
    private static final int MOST_PREPARED = 4;
    private static final int WRONG_PIECE = 256 * 1024;
    private static final int MOST_WRONG = 32 * 1024 * 1024;

    private final Sql sql;
    private final ImportStore store;
    private final PeopleHere people;
    private final SuppressedAddresses suppressed;
    private final Transactions transactions;
    private final ImportLimits limits;
    private final Done done;
    private final Map<UUID, Prepared> prepared = new ConcurrentHashMap<>();
    private final Map<UUID, Integer> failures = new ConcurrentHashMap<>();

    /** Hears when an import is done, or stopped for good on its way, in its last transaction. */
    @FunctionalInterface
    public interface Done {
        void done(Job job, long added);
    }

    public ImportJobs(
            Sql sql,
            PeopleHere people,
            SuppressedAddresses suppressed,
            Transactions transactions,
            ImportLimits limits,
            Done done) {
        this.sql = sql;
        this.store = new ImportStore(sql);
        this.people = people;
        this.suppressed = suppressed;
        this.transactions = transactions;
        this.limits = limits;
        this.done = done;
    }

    /** Somebody else goes on with it. */
    static final class TakenAway extends RuntimeException {
        TakenAway() {
            super("taken away", null, false, false);
        }
    }

    /** Works until there is nothing to do, or it is to stop. What fails is thrown, for the list of jobs; it is tried again the next time. */
    public void work(BooleanSupplier stop) {
        Optional<UUID> next = transactions.call(store::waiting);
        while (next.isPresent() && !stop.getAsBoolean()) {
            if (!workOn(next.get(), stop, failure -> {
                throw failure;
            })) {
                break;
            }
            next = transactions.call(store::waiting);
        }
        if (next.isEmpty()) {
            tidy();
        }
    }

    /** Does all that can be done of one import. @return false if that was nothing */
    public boolean workOn(UUID id, BooleanSupplier stop) {
        return workOn(id, stop, failure -> {});
    }

    private boolean workOn(UUID id, BooleanSupplier stop, Consumer<RuntimeException> failing) {
        UUID worker = Ids.next();
        if (!transactions.call(() -> store.claim(id, worker, LOOKING_SECONDS))) {
            return false;
        }
        try {
            Optional<Job> job = transactions.call(() -> store.find(id));
            while (job.isPresent() && job.get().state().isWorking() && !stop.getAsBoolean()) {
                step(job.get(), worker, stop);
                boolean mine = transactions.call(() -> store.claim(id, worker, LOOKING_SECONDS));
                job = mine ? transactions.call(() -> store.find(id)) : Optional.empty();
            }
            failures.remove(id);
            return true;
        } catch (TakenAway e) {
            return true;
        } catch (ImportRejected e) {
            transactions.run(() -> giveUp(id, e.reason().name(), e.columns()));
            return true;
        } catch (RuntimeException | IOException e) {
            failed(id, e);
            failing.accept(
                    e instanceof RuntimeException unchecked ? unchecked : new UncheckedIOException(new IOException(e)));
            return false;
        } finally {
            transactions.run(() -> store.release(id, worker));
        }
    }

    private void giveUp(UUID id, String problem, List<String> columns) throws IOException {
        store.fail(id, problem, columns, people.now());
        store.dropContent(id);
        forget(id);
    }

    private void failed(UUID id, Exception e) {
        LOG.log(
                Level.WARNING,
                "an import stopped, and is tried again: {0}",
                e.getClass().getName());
        LOG.log(Level.FINE, "an import stopped", e);
        if (failures.merge(id, 1, Integer::sum) >= MOST_FAILURES) {
            failures.remove(id);
            transactions.run(() -> {
                Optional<Job> half =
                        store.find(id).filter(job -> job.state() == ImportState.RUNNING && job.ranFrom() != null);
                store.fail(id, "", List.of(), people.now());
                store.dropContent(id);
                half.ifPresent(job -> {
                    store.ended(id);
                    done.done(job, Figures.read(job.figures()).added);
                });
            });
        }
    }

    private void step(Job job, UUID worker, BooleanSupplier stop) throws IOException {
        switch (job.state()) {
            case LOOKING -> look(job);
            case CHECKING -> check(job, worker, stop);
            case RUNNING -> run(job, worker, stop);
            case UNDOING -> new Undoing(sql, store, people, suppressed, transactions).work(job, worker, stop);
            default -> {}
        }
    }

    // Unpacked on this node

    private Prepared take(Job job) throws IOException {
        Prepared kept = prepared.remove(job.id());
        if (kept != null && kept.encoding().equals(job.encoding())) {
            return kept;
        }
        if (kept != null) {
            kept.close();
        }
        ImportSources sources;
        try (InputStream file = Pieces.read(store, job.id(), Kind.FILE)) {
            Charset as = job.encoding().isEmpty() ? null : Charset.forName(job.encoding());
            sources = Unpacking.of(limits.folder(), file, job.fileName(), as, limits.mostOctets());
        }
        try {
            return new Prepared(sources, Lists.look(sources, limits.mostRows()), job.encoding());
        } catch (IOException | RuntimeException e) {
            sources.close();
            throw e;
        }
    }

    private void keep(UUID id, Prepared looked) throws IOException {
        Iterator<UUID> others = prepared.keySet().iterator();
        while (prepared.size() >= MOST_PREPARED && others.hasNext()) {
            forget(others.next());
        }
        prepared.put(id, looked);
    }

    private void forget(UUID id) throws IOException {
        Prepared kept = prepared.remove(id);
        if (kept != null) {
            kept.close();
        }
    }

    /** What nobody goes on with is not kept here either. */
    private void tidy() {
        try {
            for (UUID id : List.copyOf(prepared.keySet())) {
                Optional<Job> job = transactions.call(() -> store.find(id));
                if (job.isEmpty()
                        || !(job.get().state().isWaiting() || job.get().state().isWorking())) {
                    forget(id);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // The steps

    private void look(Job job) throws IOException {
        Prepared looked = take(job);
        boolean kept = false;
        try {
            looked(job, looked);
            keep(job.id(), looked);
            kept = true;
        } finally {
            if (!kept) {
                looked.close();
            }
        }
    }

    private void looked(Job job, Prepared looked) {
        transactions.run(() -> {
            ImportState next = job.onItsOwn() ? ImportState.CHECKING : ImportState.MAPPING;
            if (!store.move(job.id(), ImportState.LOOKING, next, people.now())) {
                // Given up meanwhile: nothing of the list may stay.
                throw new TakenAway();
            }
            store.files(job.id(), looked.files());
            List<ImportView.Column> columns = withAttributes(looked.columns());
            store.columns(job.id(), job.onItsOwn() ? columns : store.remembered(job.newsletter(), columns));
            store.total(job.id(), looked.rows());
        });
    }

    /** A column that is called like an attribute of the site is taken for it. */
    private List<ImportView.Column> withAttributes(List<ImportView.Column> columns) {
        Set<String> defined = new AttributeBook(sql).byKey().keySet();
        return columns.stream()
                .map(column -> column.use().filter(ColumnUse.NOTHING::equals).isPresent()
                                && defined.contains(column.key())
                        ? new ImportView.Column(
                                column.title(), column.examples(), Optional.of(ColumnUse.ATTRIBUTE), column.key())
                        : column)
                .toList();
    }

    private void check(Job job, UUID worker, BooleanSupplier stop) throws IOException {
        transactions.run(() -> {
            goOn(job, worker, 0);
            store.drop(job.id(), Kind.ROWS);
            store.drop(job.id(), Kind.TWICE);
            store.drop(job.id(), Kind.WRONG);
        });
        Prepared looked = take(job);
        boolean over = false;
        try {
            List<ImportView.Column> columns = transactions.call(() -> store.columns(job.id()));
            List<ImportView.File> files = transactions.call(() -> store.files(job.id()));
            Map<String, ImportAnswer> answers = transactions.call(() -> store.answers(job.id()));
            Writing writing = new Writing(job, worker, stop);
            Reading reading = new Reading(answers, people, writing);
            reading.all(looked.understood(columns, files));
            writing.end();
            over = checked(job, worker, reading);
        } finally {
            if (over) {
                looked.close();
            } else {
                keep(job.id(), looked);
            }
        }
    }

    /** @return whether the file itself is no longer needed */
    private boolean checked(Job job, UUID worker, Reading reading) throws IOException {
        Reading.Found found = reading.found();
        BitSet twice = reading.duplicates();
        boolean asks = !found.questions().isEmpty();
        transactions.run(() -> {
            goOn(job, worker, job.total());
            store.found(job.id(), found);
            store.put(job.id(), Kind.TWICE, 0, Pieces.packed(twice.toByteArray()));
            if (asks) {
                store.drop(job.id(), Kind.ROWS);
                store.move(job.id(), ImportState.CHECKING, ImportState.ASKING, people.now());
            } else if (job.onItsOwn()) {
                store.figures(job.id(), new Figures());
                store.move(job.id(), ImportState.CHECKING, ImportState.RUNNING, people.now());
            }
        });
        if (!asks && !job.onItsOwn()) {
            Figures figures = wouldBe(job, worker, twice);
            transactions.run(() -> {
                goOn(job, worker, job.total());
                store.figures(job.id(), figures);
                store.move(job.id(), ImportState.CHECKING, ImportState.READY, people.now());
            });
        }
        return !asks && job.onItsOwn();
    }

    private Figures wouldBe(Job job, UUID worker, BitSet twice) throws IOException {
        Figures figures = new Figures();
        ImportBook book = new ImportBook(sql, people, suppressed, job.newsletter(), job.id(), figures);
        for (int part = 0; ; part++) {
            int position = part;
            Optional<byte[]> packed = transactions.call(() -> store.part(job.id(), Kind.ROWS, position));
            if (packed.isEmpty()) {
                return figures;
            }
            List<ImportedRow> rows = RowParts.rows(packed.get(), part * RowParts.SIZE, twice);
            transactions.run(() -> {
                goOn(job, worker, (job.total() + (long) position * RowParts.SIZE) / 2);
                book.handle(rows, job.basis(), true);
            });
        }
    }

    private void goOn(Job job, UUID worker, long rows) {
        if (!store.goOn(job.id(), worker, PART_SECONDS, Math.min(rows, job.total()))) {
            throw new TakenAway();
        }
    }

    /** Rows as they are read, a part in a transaction, and the wrong ones as a file. */
    private final class Writing implements Reading.Taker {
        private final Job job;
        private final UUID worker;
        private final BooleanSupplier stop;
        private final RowParts.Packer packer = new RowParts.Packer(this::part);
        private final StringBuilder wrong = new StringBuilder();
        private boolean headed;
        private int parts;
        private int wrongPieces;
        private long wrongCharacters;

        Writing(Job job, UUID worker, BooleanSupplier stop) {
            this.job = job;
            this.worker = worker;
            this.stop = stop;
        }

        private void part(byte[] packed) {
            if (stop.getAsBoolean()) {
                throw new TakenAway();
            }
            transactions.run(() -> {
                goOn(job, worker, (long) parts * RowParts.SIZE / (job.onItsOwn() ? 1 : 2));
                store.put(job.id(), Kind.ROWS, parts, packed);
            });
            parts++;
        }

        @Override
        public void take(ImportedRow row) throws IOException {
            packer.add(row);
        }

        @Override
        public void wrong(List<String> header, List<String> fields, RowError error) throws IOException {
            if (wrongCharacters > MOST_WRONG) {
                return;
            }
            if (!headed) {
                headed = true;
                Spreadsheet.row(wrong, WrongRow.header(header));
            }
            int before = wrong.length();
            Spreadsheet.row(wrong, WrongRow.fields(fields, error));
            wrongCharacters += wrong.length() - before;
            if (wrong.length() > WRONG_PIECE) {
                piece();
            }
        }

        private void piece() throws IOException {
            byte[] packed = Pieces.packed(wrong.toString().getBytes(StandardCharsets.UTF_8));
            transactions.run(() -> {
                goOn(job, worker, (long) parts * RowParts.SIZE / (job.onItsOwn() ? 1 : 2));
                store.put(job.id(), Kind.WRONG, wrongPieces, packed);
            });
            wrongPieces++;
            wrong.setLength(0);
        }

        void end() throws IOException {
            packer.end();
            if (wrong.length() > 0) {
                piece();
            }
        }
    }

    private void run(Job begun, UUID worker, BooleanSupplier stop) throws IOException {
        BitSet twice = BitSet.valueOf(Pieces.unpacked(
                transactions.call(() -> store.part(begun.id(), Kind.TWICE, 0)).orElse(new byte[0])));
        transactions.run(() -> {
            if (!store.goOn(begun.id(), worker, PART_SECONDS, begun.done())) {
                throw new TakenAway();
            }
            store.begun(begun.id(), people.now());
            if (begun.done() == 0) {
                store.figures(begun.id(), new Figures());
            }
        });
        int part = (int) (begun.done() / RowParts.SIZE);
        while (!stop.getAsBoolean()) {
            int position = part;
            Optional<byte[]> packed = transactions.call(() -> store.part(begun.id(), Kind.ROWS, position));
            if (packed.isEmpty()) {
                finish(begun);
                return;
            }
            List<ImportedRow> rows = RowParts.rows(packed.get(), part * RowParts.SIZE, twice);
            enter(begun, worker, part, rows);
            part++;
        }
    }

    /** Once more where two imports stood in each other's way, or the database was away for a moment. */
    private void enter(Job job, UUID worker, int part, List<ImportedRow> rows) {
        for (int tried = 1; ; tried++) {
            try {
                transactions.run(() -> {
                    Job now = store.find(job.id()).orElseThrow(TakenAway::new);
                    Figures figures = Figures.read(now.figures());
                    if (!store.goOn(job.id(), worker, PART_SECONDS, (part + 1L) * RowParts.SIZE)) {
                        throw new TakenAway();
                    }
                    new ImportBook(sql, people, suppressed, job.newsletter(), job.id(), figures)
                            .handle(rows, job.basis(), false);
                    store.figures(job.id(), figures);
                });
                return;
            } catch (TakenAway e) {
                throw e;
            } catch (RuntimeException e) {
                if (tried == TRIES) {
                    throw e;
                }
            }
        }
    }

    private void finish(Job begun) throws IOException {
        transactions.run(() -> {
            Job job = store.find(begun.id()).orElseThrow(TakenAway::new);
            if (!store.move(job.id(), ImportState.RUNNING, ImportState.DONE, people.now())) {
                throw new TakenAway();
            }
            store.ended(job.id());
            store.dropContent(job.id());
            done.done(job, Figures.read(job.figures()).added);
        });
        forget(begun.id());
    }

    /** The wrong rows as a file of their own, with a byte order mark. */
    public void wrongRows(UUID id, OutputStream to) throws IOException {
        ByteArrayOutputStream mark = new ByteArrayOutputStream();
        mark.writeBytes("\uFEFF".getBytes(StandardCharsets.UTF_8));
        mark.writeTo(to);
        try (InputStream rows = Pieces.read(store, id, Kind.WRONG)) {
            rows.transferTo(to);
        }
    }

    /** Keeps what was sent, in the caller's transaction. */
    public void keepFile(UUID id, InputStream from) throws IOException {
        Pieces.write(store, id, Kind.FILE, from);
    }
}
