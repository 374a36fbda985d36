using Microsoft.JSInterop;

namespace AnomalyKit.Dashboard.Components.Parts;

/// <summary>Sends the file of an input element to the server by a request of its own, and tells how far it is.</summary>
internal sealed class Uploading(IJSRuntime script, Func<double, Task> progress) : IDisposable
{
    private DotNetObjectReference<Uploading>? _self;

    [JSInvokable]
    public Task Told(double fraction) => progress(fraction);

    /// <returns>Null where it is there, and otherwise what went wrong.</returns>
    public async Task<string?> SendAsync(string inputId, string ticket, CancellationToken cancellationToken)
    {
        _self ??= DotNetObjectReference.Create(this);
        var cancel = cancellationToken.Register(() => _ = script.InvokeVoidAsync("anomalykit.cancel", CancellationToken.None, inputId).AsTask().ContinueWith(static _ => { }, TaskScheduler.Default));
        await using (cancel.ConfigureAwait(false))
            return await script.InvokeAsync<string?>("anomalykit.send", Timeout.InfiniteTimeSpan, inputId, $"upload/{ticket}", _self).ConfigureAwait(false);
    }

    public void Dispose() => _self?.Dispose();
}
