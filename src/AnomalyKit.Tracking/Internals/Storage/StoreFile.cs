using Microsoft.Data.Sqlite;

namespace AnomalyKit.Storage;

/// <summary>A SQLite file that several processes read and write at once. Safe for any number of threads.</summary>
/// <remarks>
/// <para>Every write is one transaction that begins as a writer (<c>BEGIN IMMEDIATE</c>), so that nothing is read first and found locked afterwards. Where the file is busy the whole transaction is done again.</para>
/// <para>
/// What <see cref="Write{T}"/> returned from survives the end of the process, kill -9 included. With <c>isFlushed</c> it survives a power failure too, and with it everything that was written before.
/// </para>
/// </remarks>
internal sealed class StoreFile : IDisposable
{
    private const int DatabaseId = 0x414B5254;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly StoreSession _session;
    private readonly BusyRetry _retry;
    private readonly bool _isReadOnly;
    private bool _isDisposed;

    private StoreFile(string path, SqliteConnection connection, StoreFileOptions options)
    {
        Path = path;
        _connection = connection;
        _session = new StoreSession(connection);
        _retry = new BusyRetry(path, options);
        _isReadOnly = options.IsReadOnly;
    }

    /// <summary>The file's full path; a link is followed.</summary>
    public string Path { get; }

    /// <summary>Opens a file and creates or upgrades the tables of some parts; a file that is not there is created.</summary>
    /// <param name="path">The path.</param>
    /// <param name="options">How long to wait for others, and what is known of file systems.</param>
    /// <param name="parts">The parts.</param>
    /// <exception cref="RunTrackingException">The path cannot hold a file, it is on a network file system, or the file is not a store or is a newer one.</exception>
    public static StoreFile Open(string path, StoreFileOptions options, params ReadOnlySpan<SchemaPart> parts)
    {
        string full = StorePlace.Check(path, options.FileSystemOf);
        // Pooled connections would keep the file open after Dispose.
        var text = new SqliteConnectionStringBuilder { DataSource = full, Pooling = false, DefaultTimeout = 1, Mode = options.IsReadOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate };
        var connection = new SqliteConnection(text.ConnectionString);
        var file = new StoreFile(full, connection, options);
        try
        {
            file.Prepare();
            foreach (var part in parts)
                file.Ensure(part);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Creates or upgrades the tables of a part; nothing is written where they are there.</summary>
    public void Ensure(SchemaPart part)
    {
        if (Read(session => StoreSchema.IsCurrent(session, part, Path)))
            return;
        if (_isReadOnly)
            throw new RunTrackingException($"The store '{Path}' was written by an older version, and reading alone does not upgrade it. List its runs once with 'anomalykit runs list --tracking {Path}'.");
        Write(session => StoreSchema.Upgrade(session, part, Path), isFlushed: true);
    }

    /// <summary>Reads, in one transaction: what is asked for several times is seen at one moment. Waits for no writer.</summary>
    /// <param name="work">Does the reading; it may be called again. Nothing that reads on may leave it.</param>
    public T Read<T>(Func<StoreSession, T> work) => Run("BEGIN", work);

    /// <summary>Writes, all or nothing.</summary>
    /// <param name="work">Does the writing; it may be called again, so it changes nothing but the file.</param>
    /// <param name="isFlushed">Whether a power failure may not undo it; costs a write through to the disk.</param>
    public T Write<T>(Func<StoreSession, T> work, bool isFlushed = false) => Run("BEGIN IMMEDIATE", work, isFlushed);

    /// <inheritdoc cref="Write{T}"/>
    public void Write(Action<StoreSession> work, bool isFlushed = false) => Write(
        session =>
        {
            work(session);
            return true;
        },
        isFlushed);

    /// <summary>Reads the whole file and checks its structure.</summary>
    /// <returns>What is wrong; nothing where all is well.</returns>
    public IReadOnlyList<string> Verify()
    {
        try
        {
            return Read(session => (IReadOnlyList<string>)
            [
                .. session.List("PRAGMA integrity_check", row => row.GetString(0)).Where(line => line != "ok"),
                .. session.List("PRAGMA foreign_key_check", row => $"A row of the table {row.GetString(0)} points to a row of {row.GetString(2)} that does not exist."),
            ]);
        }
        catch (RunTrackingException e) when (e.InnerException is SqliteException)
        {
            return [e.Message];
        }
    }

    /// <summary>Lets go of the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _session.Dispose();
            _connection.Dispose();
        }
    }

    private void Prepare() => _retry.Run(() =>
    {
        if (_connection.State != System.Data.ConnectionState.Open)
            _connection.Open();
        _session.Execute("PRAGMA busy_timeout = 200");
        CheckKind();
        if (_isReadOnly)
            return true;
        if (_session.Text("PRAGMA journal_mode = WAL") is not "wal" and var mode)
            throw new RunTrackingException($"The store '{Path}' cannot use SQLite's write-ahead log (its journal mode stays '{mode}'). Put it on a local disk that is not read-only.");
        _session.Execute("PRAGMA synchronous = NORMAL");
        _session.Execute("PRAGMA foreign_keys = ON");
        return true;
    });

    // A database of somebody else is left alone. The tables are counted first: a store that another process creates meanwhile has its mark before it has tables.
    private void CheckKind()
    {
        bool isEmpty = _session.Number("SELECT count(*) FROM sqlite_schema") == 0;
        long id = _session.Number("PRAGMA application_id");
        if (id == DatabaseId)
            return;
        if (id != 0 || !isEmpty || _isReadOnly)
            throw new RunTrackingException($"'{Path}' is a SQLite database of another program, not a store of runs. Name another file.");
        _session.Execute($"PRAGMA application_id = {DatabaseId}");
    }

    private T Run<T>(string begin, Func<StoreSession, T> work, bool isFlushed = false)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_session.IsInTransaction)
                throw new InvalidOperationException("A transaction was started inside another transaction on the same file.");
            if (!isFlushed)
                return _retry.Run(() => _session.Transact(begin, work));
            _retry.Run(() =>
            {
                _session.Execute("PRAGMA synchronous = FULL");
                return true;
            });
            try
            {
                return _retry.Run(() => _session.Transact(begin, work));
            }
            finally
            {
                Relax();
            }
        }
    }

    private void Relax()
    {
        try
        {
            _session.Execute("PRAGMA synchronous = NORMAL");
        }
        catch (SqliteException)
        {
            // What was written is kept all the same, and later writes are flushed, too: slower, until the next time.
        }
    }
}
