using System.Net;
using System.Security.Cryptography;
using AnomalyKit.Samples.CreditCard;
using AnomalyKit.Samples.CreditCard.Data;

namespace AnomalyKit.Samples.Tests.CreditCard;

public sealed class ResumableDownloadTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7))];
    private static readonly string ContentHash = Convert.ToHexStringLower(SHA256.HashData(Content));

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();

    private string Target => _folder.File("creditcard.csv");

    private string Partial => Target + ".partial";

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Downloads_a_file_whole()
    {
        using var server = new FileServer(Content);
        var progress = new LastValue();
        string message = await Download().RunAsync(server.Address, Target, progress, default);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target));
        Assert.False(File.Exists(Partial));
        Assert.Equal(1, progress.Value);
        Assert.Contains(ContentHash, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goes_on_where_the_connection_broke()
    {
        using var server = new FileServer(Content) { Cuts = 2 };
        await Download().RunAsync(server.Address, Target, new LastValue(), default);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target));
        Assert.Equal([0, 150_000, 225_000], server.RequestedFrom);
    }

    [Fact]
    public async Task Goes_on_from_an_earlier_run()
    {
        using var server = new FileServer(Content);
        await File.WriteAllBytesAsync(Partial, Content[..1000]);
        await Download().RunAsync(server.Address, Target, new LastValue(), default);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target));
        Assert.Equal([1000], server.RequestedFrom);
    }

    [Fact]
    public async Task Finishes_a_whole_partial_file()
    {
        using var server = new FileServer(Content);
        await File.WriteAllBytesAsync(Partial, Content);
        await Download().RunAsync(server.Address, Target, new LastValue(), default);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task Begins_again_where_the_partial_file_is_too_long()
    {
        using var server = new FileServer(Content);
        await File.WriteAllBytesAsync(Partial, [.. Content, 1, 2, 3]);
        await Download().RunAsync(server.Address, Target, new LastValue(), default);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task Begins_again_where_the_server_knows_no_ranges()
    {
        using var server = new FileServer(Content) { KnowsRanges = false, Cuts = 1 };
        await Download().RunAsync(server.Address, Target, new LastValue(), default);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target));
        Assert.Equal([0, 150_000], server.RequestedFrom);
    }

    [Fact]
    public async Task Refuses_another_content_and_keeps_nothing()
    {
        using var server = new FileServer([.. Content[..^1], 1]);
        var error = await Assert.ThrowsAsync<SampleException>(() => Download().RunAsync(server.Address, Target, new LastValue(), default));
        Assert.Contains(ContentHash, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Leaves_a_whole_file_alone()
    {
        using var server = new FileServer(Content);
        await File.WriteAllBytesAsync(Target, Content);
        await Download().RunAsync(server.Address, Target, new LastValue(), default);
        Assert.Empty(server.RequestedFrom);
    }

    [Fact]
    public async Task Does_not_replace_another_file()
    {
        using var server = new FileServer(Content);
        await File.WriteAllTextAsync(Target, "mine");
        var error = await Assert.ThrowsAsync<SampleException>(() => Download().RunAsync(server.Address, Target, new LastValue(), default));
        Assert.Contains("--out", error.Message, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(Target));
    }

    [Fact]
    public async Task Tries_again_when_the_server_is_busy()
    {
        using var server = new FileServer(Content) { Failures = 3 };
        await Download().RunAsync(server.Address, Target, new LastValue(), default);
        Assert.Equal(4, server.RequestedFrom.Count);
    }

    [Fact]
    public async Task Does_not_try_again_what_is_not_there()
    {
        using var server = new FileServer(Content) { Failures = 9, FailureStatus = HttpStatusCode.NotFound };
        var error = await Assert.ThrowsAsync<SampleException>(() => Download().RunAsync(server.Address, Target, new LastValue(), default));
        Assert.Single(server.RequestedFrom);
        Assert.Contains("404", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_what_to_do_when_there_is_no_network()
    {
        Uri address;
        using (var server = new FileServer(Content))
            address = server.Address;
        await File.WriteAllBytesAsync(Partial, Content[..1000]);
        var error = await Assert.ThrowsAsync<SampleException>(() => Download().RunAsync(address, Target, new LastValue(), default));
        Assert.Contains("run the command again", error.Message, StringComparison.Ordinal);
        Assert.Equal(1000, new FileInfo(Partial).Length);
    }

    [Fact]
    public async Task Stops_when_cancelled()
    {
        using var server = new FileServer(Content);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Download().RunAsync(server.Address, Target, new LastValue(), new CancellationToken(canceled: true)));
        Assert.False(File.Exists(Target));
    }

    private ResumableDownload Download() => new(_client, [ContentHash]) { FirstPause = TimeSpan.FromMilliseconds(1) };

    private sealed class LastValue : IProgress<double>
    {
        public double Value { get; private set; }

        public void Report(double value) => Value = value;
    }
}
