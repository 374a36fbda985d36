using System.Net;
using System.Security.Cryptography;

namespace AnomalyKit.Samples.CreditCard.Data;

/// <summary>Downloads a file whose hash is known: into a <c>.partial</c> beside it, going on where it stopped, and renames it when it is proven whole.</summary>
/// <param name="client">Sends the requests.</param>
/// <param name="acceptedSha256">The SHA-256 of every content that is accepted, in lower-case hexadecimal digits.</param>
internal sealed class ResumableDownload(HttpClient client, IReadOnlyCollection<string> acceptedSha256)
{
    private const int Attempts = 5;
    private const int BufferBytes = 1 << 16;

    /// <summary>The pause before the second attempt; each further one is twice as long.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long nothing may arrive before an attempt counts as failed.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Downloads, unless the file is there already.</summary>
    /// <returns>What was done, for people.</returns>
    /// <exception cref="SampleException">The download failed, or the content is another; the message says what to do.</exception>
    public async Task<string> RunAsync(Uri source, string path, IProgress<double> progress, CancellationToken cancellationToken)
    {
        string target = Path.GetFullPath(path);
        if (File.Exists(target))
        {
            return acceptedSha256.Contains(await HashAsync(target, cancellationToken))
                ? $"{target} is there already and whole."
                : throw new SampleException($"{target} is there already and is another file. Move it away, or name another place with --out.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        string partial = target + ".partial";
        await FetchAsync(source, partial, progress, cancellationToken);
        string hash = await HashAsync(partial, cancellationToken);
        if (!acceptedSha256.Contains(hash))
        {
            File.Delete(partial);
            throw new SampleException(
                $"What {source} serves is not the credit-card set: its SHA-256 is {hash}, expected {string.Join(" or ", acceptedSha256)}. The download was removed; try again, or take another copy with --url.");
        }

        File.Move(partial, target);
        return $"{target}: {new FileInfo(target).Length:N0} bytes, SHA-256 {hash} as expected.";
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    private static bool MayPass(Exception e) => e switch
    {
        HttpRequestException { StatusCode: { } status } => (int)status >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests,
        HttpRequestException or HttpIOException or TimeoutException => true,
        _ => false,
    };

    private async Task FetchAsync(Uri source, string partial, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        for (int attempt = 1; ; attempt++)
        {
            long before = Length(partial);
            try
            {
                await FetchRestAsync(source, partial, progress, cancellationToken);
                return;
            }
            catch (Exception e) when (e is HttpRequestException or HttpIOException or TimeoutException)
            {
                // An attempt that got further does not count: a slow line may break often.
                if (Length(partial) > before)
                    (attempt, pause) = (1, FirstPause);
                if (attempt >= Attempts || !MayPass(e))
                {
                    throw new SampleException(
                        $"{source} cannot be downloaded ({e.Message.TrimEnd('.')}). {Kept(partial)}Or get the file in another way and name it with --data.", e);
                }
            }

            await Task.Delay(pause, cancellationToken);
            pause *= 2;
        }
    }

    private async Task FetchRestAsync(Uri source, string partial, IProgress<double> progress, CancellationToken cancellationToken)
    {
        long have = Length(partial);
        using var request = new HttpRequestMessage(HttpMethod.Get, source);
        if (have > 0)
            request.Headers.Range = new(have, null);
        using var response = await WithinAsync(
            token => client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), cancellationToken);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // Nothing follows what is there: it is whole, or too long. A server without the total's header leaves that to the hash.
            if (response.Content.Headers.ContentRange?.Length is { } total && total != have)
                File.Delete(partial);
            else
                return;
            throw new HttpIOException(HttpRequestError.InvalidResponse, "The part downloaded before is longer than the file; it was removed.");
        }

        response.EnsureSuccessStatusCode();
        bool goesOn = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == have;
        if (response.StatusCode == HttpStatusCode.PartialContent && !goesOn)
        {
            File.Delete(partial);
            throw new HttpIOException(HttpRequestError.InvalidResponse, "The server sent another part than the one asked for.");
        }

        // A server that knows no ranges sends everything again.
        await AppendAsync(response, partial, goesOn ? have : 0, progress, cancellationToken);
    }

    private async Task AppendAsync(
        HttpResponseMessage response, string partial, long from, IProgress<double> progress, CancellationToken cancellationToken)
    {
        long? total = response.Content.Headers.ContentLength + from;
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var file = new FileStream(partial, from > 0 ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read);
        var buffer = new byte[BufferBytes];
        long written = from;
        while (true)
        {
            int count = await WithinAsync(token => body.ReadAsync(buffer, token).AsTask(), cancellationToken);
            if (count == 0)
                break;
            await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            written += count;
            if (total > 0)
                progress.Report((double)written / total.Value);
        }

        if (written < total)
            throw new HttpIOException(HttpRequestError.ResponseEnded, $"The connection ended after {written:N0} of {total:N0} bytes.");
    }

    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StallTimeout);
        try
        {
            return await work(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Nothing arrived for {StallTimeout.TotalSeconds:N0} seconds.");
        }
    }

    private static string Kept(string partial) => Length(partial) is > 0 and var bytes
        ? FormattableString.Invariant($"{bytes:N0} bytes are kept in {partial}: run the command again to go on from there. ")
        : "Try the command again later. ";

    private static long Length(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;
}
