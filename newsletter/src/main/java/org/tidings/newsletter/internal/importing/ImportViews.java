package org.tidings.newsletter.internal.importing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidings.accounts.AccountId;
import org.tidings.newsletter.ImportId;
import org.tidings.newsletter.ImportRejected;
import org.tidings.newsletter.ImportReport;
import org.tidings.newsletter.ImportState;
import org.tidings.newsletter.ImportView;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.internal.importing.ImportStore.Job;
import org.tidings.site.Sql;

/** Imports as others see them. */
public final class ImportViews {

    private final ImportStore store;
    private final Sql sql;

    public ImportViews(ImportStore store, Sql sql) {
        this.store = store;
        this.sql = sql;
    }

    /** With all that was found in it. */
    public ImportView whole(Job job) {
        return view(job, store.files(job.id()), store.columns(job.id()), undoable(job));
    }

    /** For a list. */
    public ImportView line(Job job) {
        return view(job, store.files(job.id()), List.of(), false);
    }

    private ImportView view(Job job, List<ImportView.File> files, List<ImportView.Column> columns, boolean undoable) {
        return new ImportView(
                new ImportId(job.id()),
                new NewsletterId(job.newsletter()),
                job.state(),
                job.fileName(),
                job.basis(),
                new AccountId(job.by()),
                job.createdAt(),
                job.changedAt(),
                files,
                columns,
                columns.isEmpty() ? Map.of() : store.answers(job.id()),
                report(job, files),
                Math.min(job.done(), job.total()),
                job.total(),
                problem(job),
                undoable);
    }

    private Optional<ImportReport> report(Job job, List<ImportView.File> files) {
        if (job.found().isEmpty()) {
            return Optional.empty();
        }
        String encoding = files.stream()
                .filter(file -> !file.skipped())
                .map(ImportView.File::encoding)
                .findFirst()
                .orElse("");
        return Optional.of(
                Figures.read(job.figures()).report(store.found(job), encoding, job.state() == ImportState.DONE));
    }

    private static Optional<ImportView.Problem> problem(Job job) {
        return Optional.of(job.problem())
                .filter(reason -> !reason.isEmpty())
                .map(reason -> new ImportView.Problem(
                        ImportRejected.Reason.valueOf(reason),
                        job.problemColumns().lines().toList()));
    }

    /**
     * What ran, wholly or not. Not once an issue of its newsletter went out: somebody may have got mail by it. Nor before a later import of
     * that newsletter was undone, which may have said something else of the same people.
     */
    public boolean undoable(Job job) {
        return (job.state() == ImportState.DONE || job.state() == ImportState.FAILED)
                && job.ranFrom() != null
                && sql.number(
                                "select count(*) from newsletter.subscriber_import where newsletter = ? and id <> ?"
                                        + " and (ran_from > ? or ran_from = ? and first_id > ?)"
                                        + " and state in ('RUNNING', 'DONE', 'FAILED', 'UNDOING')",
                                job.newsletter(),
                                job.id(),
                                job.ranFrom(),
                                job.ranFrom(),
                                job.firstId())
                        == 0
                && sql.number(
                                "select count(*) from newsletter.issue where newsletter = ? and mailing is not null and sent_at >= ?",
                                job.newsletter(),
                                job.ranFrom())
                        == 0;
    }
}
