package org.tidings.newsletter.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.AccountId;
import org.tidings.accounts.AuditLog;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.newsletter.ColumnUse;
import org.tidings.newsletter.ColumnsUnclear;
import org.tidings.newsletter.ImportAnswer;
import org.tidings.newsletter.ImportId;
import org.tidings.newsletter.ImportNotInState;
import org.tidings.newsletter.ImportRejected;
import org.tidings.newsletter.ImportState;
import org.tidings.newsletter.ImportUnknown;
import org.tidings.newsletter.ImportView;
import org.tidings.newsletter.Imports;
import org.tidings.newsletter.NewsletterAction;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterUnknown;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.internal.importing.ImportJobs;
import org.tidings.newsletter.internal.importing.ImportStore;
import org.tidings.newsletter.internal.importing.ImportStore.Job;
import org.tidings.newsletter.internal.importing.ImportViews;
import org.tidings.newsletter.internal.importing.SubscriberImport;
import org.tidings.site.Ids;
import org.tidings.site.Sql;
import org.tidings.site.Transactions;

/** Imports step by step: what people decide; {@link ImportJobs} does the work. */
@ApplicationScoped
class StoredImports implements Imports {

    private static final long SMALL_OCTETS = 512 * 1024;
    private static final int MOST_LISTED = 100;
    private static final int LONGEST_NAME = 255;
    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,39}");

    private final Sql sql;
    private final ImportStore store;
    private final ImportViews views;
    private final SubscriptionBook book;
    private final Newsletters newsletters;
    private final AuditLog auditLog;
    private final Transactions transactions;
    private final Settings settings;
    private final ImportJobs jobs;
    private volatile boolean stopping;

    @SuppressWarnings("NullAway") // for the container's proxy
    StoredImports() {
        this.sql = null;
        this.store = null;
        this.views = null;
        this.book = null;
        this.newsletters = null;
        this.auditLog = null;
        this.transactions = null;
        this.settings = null;
        this.jobs = null;
    }

    @Inject
    StoredImports(
            @NewsletterDb DataSource dataSource,
            SubscriptionBook book,
            Newsletters newsletters,
            SuppressedAddresses suppressed,
            AuditLog auditLog,
            Transactions transactions,
            Settings settings) {
        this.sql = new Sql(dataSource);
        this.store = new ImportStore(sql);
        this.views = new ImportViews(store, sql);
        this.book = book;
        this.newsletters = newsletters;
        this.auditLog = auditLog;
        this.transactions = transactions;
        this.settings = settings;
        this.jobs = new ImportJobs(sql, book, suppressed, transactions, settings.imports(), this::done);
    }

    private void done(Job job, long added) {
        auditLog.record(
                new AccountId(job.by()),
                NewsletterAction.IMPORT_SUBSCRIBERS,
                "newsletter",
                job.newsletter(),
                Long.toString(added));
    }

    // Beginning

    @Override
    public ImportId begin(
            NewsletterId newsletter,
            Upload file,
            String typed,
            Map<String, ImportAnswer> answers,
            boolean onItsOwn,
            AccountId by)
            throws IOException {
        String basis = SubscriberImport.basis(typed);
        if (newsletters.find(newsletter).isEmpty()) {
            throw new NewsletterUnknown();
        }
        // Aside first: whoever sends slowly keeps no connection to the database.
        Path aside = Files.createTempFile(settings.imports().folder(), "sent", ".tmp");
        try {
            long octets = spool(file.content(), aside);
            UUID id = Ids.next();
            transactions.run(() -> {
                store.insert(
                        id, newsletter.value(), name(file.name()), basis, by.value(), onItsOwn, octets, book.now());
                answers.forEach((key, answer) -> store.answer(id, key, answer));
                try (InputStream content = Files.newInputStream(aside)) {
                    jobs.keepFile(id, content);
                }
            });
            return new ImportId(id);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private long spool(InputStream from, Path to) throws IOException {
        long most = settings.imports().mostOctets();
        long count = 0;
        try (OutputStream out = Files.newOutputStream(to)) {
            byte[] buffer = new byte[65_536];
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                count += read;
                if (count > most) {
                    throw new ImportRejected(ImportRejected.Reason.TOO_LARGE);
                }
                out.write(buffer, 0, read);
            }
        }
        if (count == 0) {
            throw new ImportRejected(ImportRejected.Reason.EMPTY);
        }
        return count;
    }

    /** Without the folders that some browsers send along, and without what would break a line. */
    private static String name(String sent) {
        String name = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1)
                .replaceAll("\\p{Cntrl}", "")
                .strip();
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    // Looking

    @Override
    public Optional<ImportView> find(ImportId id) {
        return transactions.call(() -> store.find(id.value()).map(views::whole));
    }

    @Override
    public List<ImportView> newest(@Nullable NewsletterId newsletter, @Nullable ImportId before, int limit) {
        return transactions.call(() -> store
                .newest(
                        newsletter == null ? null : newsletter.value(),
                        before == null ? null : before.value(),
                        Math.min(Math.max(limit, 1), MOST_LISTED))
                .stream()
                .map(views::line)
                .toList());
    }

    @Override
    public void wrongRows(ImportId id, OutputStream to) throws IOException {
        jobs.wrongRows(id.value(), to);
    }

    // Deciding

    @Override
    public void map(
            ImportId id, Map<String, Chosen> columns, Map<Integer, ImportView.Standing> everybody, AccountId by) {
        transactions.run(() -> {
            Job job = in(id, ImportState.MAPPING);
            List<ImportView.Column> known = store.columns(job.id());
            Map<String, Chosen> all = new LinkedHashMap<>();
            for (ImportView.Column column : known) {
                Chosen chosen = columns.get(column.title());
                if (chosen != null) {
                    all.put(column.title(), chosen);
                } else {
                    column.use().ifPresent(use -> all.put(column.title(), new Chosen(use, column.key())));
                }
            }
            requireClear(known, all);
            all.forEach((title, chosen) -> store.column(job.id(), title, chosen.use(), chosen.key()));
            everybody.forEach((file, standing) -> store.everybody(job.id(), file, standing));
            move(job, ImportState.CHECKING);
        });
    }

    private static void requireClear(List<ImportView.Column> known, Map<String, Chosen> all) {
        List<String> silent = known.stream()
                .map(ImportView.Column::title)
                .filter(title -> !all.containsKey(title))
                .toList();
        if (!silent.isEmpty()) {
            throw new ColumnsUnclear(ColumnsUnclear.Reason.USE_MISSING, silent);
        }
        for (ColumnUse use : ColumnUse.values()) {
            List<String> titles = all.entrySet().stream()
                    .filter(one -> one.getValue().use() == use)
                    .map(Map.Entry::getKey)
                    .toList();
            if (titles.size() > 1 && !use.mayRepeat()) {
                throw new ColumnsUnclear(ColumnsUnclear.Reason.TWICE, titles);
            }
            if (use == ColumnUse.ADDRESS && titles.isEmpty()) {
                throw new ColumnsUnclear(ColumnsUnclear.Reason.ADDRESS_MISSING, List.of());
            }
        }
        requireKeys(all);
    }

    private static void requireKeys(Map<String, Chosen> all) {
        Set<String> keys = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        all.forEach((title, chosen) -> {
            if (chosen.use() == ColumnUse.ATTRIBUTE
                    && (!KEY.matcher(chosen.key()).matches() || !keys.add(chosen.key()))) {
                wrong.add(title);
            }
        });
        if (!wrong.isEmpty()) {
            throw new ColumnsUnclear(ColumnsUnclear.Reason.KEY_INVALID, wrong);
        }
    }

    @Override
    public void readAs(ImportId id, String encoding, AccountId by) {
        transactions.run(() -> {
            Job job = in(id, ImportState.MAPPING);
            store.encoding(job.id(), encoding);
            move(job, ImportState.LOOKING);
        });
    }

    @Override
    public void mapAnew(ImportId id, AccountId by) {
        transactions.run(() -> move(in(id, ImportState.ASKING, ImportState.READY), ImportState.MAPPING));
    }

    @Override
    public void answer(ImportId id, Map<String, ImportAnswer> answers, AccountId by) {
        transactions.run(() -> {
            Job job = in(id, ImportState.ASKING);
            answers.forEach((key, answer) -> store.answer(job.id(), key, answer));
            move(job, ImportState.CHECKING);
        });
    }

    @Override
    public void run(ImportId id, AccountId by) {
        transactions.run(() -> {
            Job job = in(id, ImportState.READY);
            store.runBy(job.id(), by.value());
            move(job, ImportState.RUNNING);
        });
    }

    @Override
    public void giveUp(ImportId id, AccountId by) {
        transactions.run(() -> {
            Job job = in(
                    id,
                    ImportState.LOOKING,
                    ImportState.MAPPING,
                    ImportState.CHECKING,
                    ImportState.ASKING,
                    ImportState.READY);
            move(job, ImportState.GIVEN_UP);
            store.dropContent(job.id());
            auditLog.record(by, NewsletterAction.GIVE_UP_IMPORT, "newsletter", job.newsletter(), "");
        });
    }

    @Override
    public void undo(ImportId id, AccountId by) {
        transactions.run(() -> {
            Job job = in(id, ImportState.DONE, ImportState.FAILED);
            if (!views.undoable(job)) {
                throw new ImportNotInState();
            }
            move(job, ImportState.UNDOING);
            auditLog.record(by, NewsletterAction.UNDO_IMPORT, "newsletter", job.newsletter(), "");
        });
    }

    private Job in(ImportId id, ImportState... states) {
        Job job = store.find(id.value()).orElseThrow(ImportUnknown::new);
        if (!Set.of(states).contains(job.state())) {
            throw new ImportNotInState();
        }
        return job;
    }

    private void move(Job job, ImportState to) {
        if (!store.move(job.id(), job.state(), to, book.now())) {
            throw new ImportNotInState();
        }
    }

    // Working

    @Override
    public void hurry(ImportId id) {
        Optional<Job> job = transactions.call(() -> store.find(id.value()));
        if (job.isPresent()
                && job.get().octets() <= SMALL_OCTETS
                && job.get().state().isWorking()) {
            jobs.workOn(id.value(), () -> stopping);
        }
    }

    /** What waits to be done, one import after the other. */
    void work() {
        workUntil(() -> stopping);
    }

    void workUntil(BooleanSupplier stop) {
        jobs.work(stop);
    }

    /** Before this process works on anything. */
    void afterStart() {
        ImportFolder.empty(settings.imports().folder(), Duration.ofDays(1));
        if (!sql.isPostgres()) {
            // Nobody else can have been at work.
            transactions.run(store::releaseAll);
        }
    }

    /** What is being written is ended with its part; another node, or the next start, goes on. */
    void stop() {
        stopping = true;
    }

    /** Files that nobody goes on with for a day, and wrong rows that are a week old. */
    void tidyUp() {
        transactions.run(() -> {
            for (Job job : store.forgotten(book.now().minusDays(1))) {
                if (store.move(job.id(), job.state(), ImportState.GIVEN_UP, book.now())) {
                    store.dropContent(job.id());
                }
            }
            store.dropOldWrongRows(book.now().minusDays(7));
        });
        // No import waits that long: nobody reads there any more.
        ImportFolder.empty(settings.imports().folder(), Duration.ofDays(3));
    }
}
