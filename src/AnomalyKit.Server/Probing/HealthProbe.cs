namespace AnomalyKit.Server.Probing;

/// <summary>Asks a server how it is: for probes of containers that have neither a shell nor curl.</summary>
internal static class HealthProbe
{
    // The first answer of a process that has just started may take seconds where there is little of a processor. A container that was given up would be started anew, and be as slow again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <returns>0 if the answer is 200, 1 if it is another or none.</returns>
    public static async Task<int> AskAsync(Uri url)
    {
        using var client = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(url).ConfigureAwait(false);
            Console.Out.WriteLine($"{url}: {(int)answer.StatusCode}");
            return answer.StatusCode == System.Net.HttpStatusCode.OK ? ServerProgram.Done : ServerProgram.Failed;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            Console.Error.WriteLine($"error: {url}: {e.Message}");
            return ServerProgram.Failed;
        }
    }
}
