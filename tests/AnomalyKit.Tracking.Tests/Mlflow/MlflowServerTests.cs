using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Tracking.Tests.Mlflow;

/// <summary>Tests over a server of their own, which must not have been asked for anything that the protocol does not have.</summary>
public abstract class MlflowServerTests : IAsyncLifetime, IDisposable
{
    private protected TempFolder Folder { get; } = new();

    private protected StandInMlflow Server { get; private set; } = null!;

    private protected virtual MlflowOptions Options => new() { OutboxPath = Folder.File("outbox.db"), FirstPause = TimeSpan.FromMilliseconds(5), FlushTimeout = Patience.Long };

    public async Task InitializeAsync() => Server = await StandInMlflow.StartAsync();

    public async Task DisposeAsync()
    {
        Assert.Empty(Server.Violations);
        await Server.DisposeAsync();
    }

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
