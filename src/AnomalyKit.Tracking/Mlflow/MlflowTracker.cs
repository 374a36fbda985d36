using AnomalyKit.Outboxes;
using AnomalyKit.Protocol;

namespace AnomalyKit;

/// <summary>Keeps runs on an MLflow server, by its REST protocol 2.0.</summary>
/// <remarks>
/// <para>
/// Everything is kept in a file first (<see cref="MlflowOptions.OutboxPath"/>) and sent in the background, so a server that is away slows nothing down and loses nothing: what it could not take is sent later, by
/// this process or the next one that tracks to it. Nothing that has to do with the server fails a call that logs. <see cref="FlushAsync"/> waits for the server and says what it refused.
/// </para>
/// <para>MLflow keeps times in milliseconds, infinities as the largest numbers, parameters of up to 6,000 and tags of up to 5,000 characters; longer ones are cut and said so.</para>
/// <para>Name and password, or a token, come from the address, from <see cref="MlflowOptions"/>, or from MLflow's own environment variables. Safe for any number of threads.</para>
/// </remarks>
public sealed partial class MlflowTracker : ITrackingStore
{
    private readonly MlflowOptions _options;
    private readonly MlflowHttp _http;
    private readonly MlflowRuns _runs;
    private readonly MlflowArtifacts _artifacts;
    private readonly RunStore _store;
    private readonly Outbox _outbox;
    private readonly OutboxLoop _loop;
    private readonly OutboxProblems _problems;
    private bool _hasWaitedInVain;
    private bool _isDisposed;

    private MlflowTracker(MlflowAddress address, MlflowOptions options, RunStore store)
    {
        _options = options;
        _store = store;
        _store.File.Ensure(OutboxSchema.Part);
        _store.File.Ensure(OutboxSchema.Problems);
        _problems = new OutboxProblems(store);
        _http = new MlflowHttp(address, options);
        _runs = new MlflowRuns(_http);
        _artifacts = new MlflowArtifacts(_http);
        _outbox = new Outbox(store);
        _outbox.ForgetLost();
        _outbox.Sweep();
        _loop = new OutboxLoop(_outbox, new SenderLock(store.Path + ".sender"), new RunSender(_outbox, store.Artifacts, _runs, _artifacts, _problems), options.FirstPause);
    }

    /// <summary>The server's address, without name and password.</summary>
    public string Server => _http.Server;

    /// <summary>The file that keeps what the server has not got yet.</summary>
    public string OutboxPath => _store.Path;

    /// <summary>What the server has refused so far of the runs that were started here, a line each, whichever process sent them. At most 100 lines a run.</summary>
    /// <remarks>What was sent here for a process that is gone is told here, too.</remarks>
    /// <exception cref="RunTrackingException">The outbox could not be read.</exception>
    public IReadOnlyList<string> Problems => _isDisposed ? _problems.Last : _problems.Read();

    /// <summary>Opens a tracker. The server is not asked; it may be away.</summary>
    /// <param name="uri">The server's address, for example <c>http://127.0.0.1:5000</c>, with name and password where it needs them.</param>
    /// <param name="options">Where things are kept meanwhile, and how long to wait.</param>
    /// <returns>The tracker; dispose of it to send what is left.</returns>
    /// <exception cref="ArgumentException">It is not an address of a server.</exception>
    /// <exception cref="RunTrackingException">The outbox cannot be opened.</exception>
    public static MlflowTracker Open(string uri, MlflowOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(uri);
        options ??= new MlflowOptions();
        var address = new MlflowAddress(uri);
        return new MlflowTracker(address, options, RunStore.Open(options.OutboxPath ?? OutboxPlace.Default(address.Key())));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A name or value cannot be kept.</exception>
    /// <exception cref="RunTrackingException">The outbox could not be written.</exception>
    public ITrackedRun StartRun(RunStart start)
    {
        var run = new SentRun(_store.StartRun(start), _loop);
        _loop.Wake();
        return run;
    }

    /// <inheritdoc/>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        bool isEmpty = await _loop.DrainAsync(_options.FlushTimeout, cancellationToken).ConfigureAwait(false);
        _hasWaitedInVain = !isEmpty;
        string[] problems = [.. Problems];
        if (isEmpty && problems.Length == 0)
            return;
        string refused = problems.Length == 0 ? string.Empty : $"{problems[0]}{(problems.Length > 1 ? $" There are {problems.Length - 1} more problems." : string.Empty)}";
        throw new RunTrackingException(isEmpty ? refused : $"{Unsent()} {refused}".TrimEnd());
    }

    /// <summary>Waits for the server as <see cref="FlushAsync"/> does, unless that waited in vain just before. Throws nothing; what is left stays in the outbox.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        Task.Run(EndAsync).GetAwaiter().GetResult();
        _http.Dispose();
        try
        {
            _store.Dispose();
        }
        catch (RunTrackingException)
        {
            // Open runs could not be ended. The next process takes them for lost.
        }
    }

    private async Task EndAsync()
    {
        try
        {
            // The runs that nobody ended have failed, and the server is to know.
            _store.EndOpenRuns();
            await _loop.DrainAsync(_hasWaitedInVain ? TimeSpan.Zero : _options.FlushTimeout, CancellationToken.None).ConfigureAwait(false);
        }
        catch (RunTrackingException)
        {
            // The outbox is locked, or its disk is full. What is in it is sent by the next process.
        }
        finally
        {
            await _loop.DisposeAsync().ConfigureAwait(false);
        }

        try
        {
            // Whoever asks afterwards is told all the same.
            _problems.Read();
        }
        catch (RunTrackingException)
        {
            // What was read before is told.
        }
    }

    private string Unsent() => $"Not everything could be sent: {_loop.Trouble ?? $"another process is still sending to {Server}."} The rest is kept in '{OutboxPath}' and is sent the next time that something is tracked there.";
}
