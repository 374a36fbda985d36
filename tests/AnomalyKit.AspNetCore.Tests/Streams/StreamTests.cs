using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AnomalyKit.Tests.Hosting;
using AnomalyKit.Tests.Requests;

namespace AnomalyKit.Tests.Streams;

public sealed class StreamTests
{
    private const string Row = """{"amount": 50, "merchant": "food", "card_present": true, "paid_at": null}""";

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Each_line_is_answered_in_its_place(string? encoding)
    {
        var model = TestModels.Mixed();
        await using var host = await ServingHost.StartAsync(model);
        string[] lines =
        [
            "\uFEFF" + Row, "", "[5000, \"opera\", false, \"2026-03-05T03:00:00\"]\r", "nonsense", "  ", "{\"amount\": \"x\"}", "[1, 2]", Row + Row, "5",
            "{\"amount\": 1, \"merchant\": \"\\uD800\", \"card_present\": true, \"paid_at\": null}", Row,
        ];
        var answers = await SendAsync(host, "/v1/models/mixed/score?explain=1", string.Join("\n", lines), encoding);
        Assert.Equal(Enumerable.Range(0, 9), answers.Select(answer => answer.GetProperty("row").GetInt32()));
        Assert.Equal([2, 3, 4, 5, 6, 7], answers.Where(answer => answer.TryGetProperty("error", out _)).Select(answer => answer.GetProperty("row").GetInt32()));
        float usual = model.Detector.Score(model.Rows.ReadJson(Row))[0];
        Assert.Equal([usual, usual], new[] { answers[0], answers[8] }.Select(answer => answer.GetProperty("score").GetSingle()));
        Assert.True(answers[1].GetProperty("label").GetBoolean());
        var strange = model.Detector.Explain(model.Rows.ReadJson("""{"amount": 5000, "merchant": "opera", "card_present": false, "paid_at": "2026-03-05T03:00:00"}"""), 0).Reasons[0];
        Assert.Equal(strange.ColumnName, answers[1].GetProperty("contributions")[0].GetProperty("column").GetString());
        Assert.Contains("Row 3, column 'amount'", answers[3].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("amount", answers[3].GetProperty("column").GetString());
        Assert.Contains("Row 4 has 2 values", answers[4].GetProperty("error").GetString(), StringComparison.Ordinal);
        await BodyTests.AssertIdleAsync(host);
        host.Log.HasNoProblems();
    }

    [Fact]
    public async Task Long_streams_give_the_scores_of_short_requests()
    {
        var model = TestModels.Numbers();
        await using var host = await ServingHost.StartAsync([model], options => options.MaxRequestRows = 10);
        string[] rows = [.. Enumerable.Range(0, 5000).Select(i => FormattableString.Invariant($"[{i % 7},{i % 11 / 3d},{-i % 13 / 4d},{i % 17}]"))];
        float[] expected = model.Detector.Score(model.Rows.ReadJson("[" + string.Join(",", rows.Select(row => "{" + string.Join(",", row.Trim('[', ']').Split(',').Select((cell, i) => $"\"v{i}\":{cell}")) + "}")) + "]"));
        var answers = await SendAsync(host, "/v1/models/numbers/score", string.Join("\n", rows) + "\n");
        Assert.Equal(expected, answers.Select(answer => answer.GetProperty("score").GetSingle()));
        Assert.All(answers, answer => Assert.Equal(model.PValue(answer.GetProperty("score").GetSingle()), answer.GetProperty("p_value").GetDouble()));
    }

    [Fact]
    public async Task A_line_is_answered_before_the_next_is_sent()
    {
        await using var host = await ServingHost.StartAsync([TestModels.Mixed()], options => options.MaxLineBytes = 1024);
        using var client = await host.ConnectAsync();
        var stream = client.GetStream();
        await stream.WriteAsync("POST /v1/models/mixed/score HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray());
        string[] lines = [Row, new string('x', 5000), Row];
        for (int i = 0; i < lines.Length; i++)
        {
            foreach (char[] piece in (lines[i] + "\n").Chunk(700))
                await stream.WriteAsync(Encoding.ASCII.GetBytes(FormattableString.Invariant($"{piece.Length:X}\r\n{new string(piece)}\r\n")));
            string answer = await BodyTests.ReadAnswerAsync(new UntilLine(stream));
            Assert.Contains(FormattableString.Invariant($"{{\"row\":{i},\"{(i == 1 ? "error" : "score")}\":"), answer, StringComparison.Ordinal);
        }

        Assert.Equal(1, BodyTests.Gate(host).Streams);
        client.Client.LingerState = new System.Net.Sockets.LingerOption(true, 0);
        client.Dispose();
        await BodyTests.Eventually(() => BodyTests.Gate(host) is { Streams: 0, Bytes: 0, Scoring: 0 });
        host.Log.HasNoProblems();
    }

    [Fact]
    public async Task What_is_no_json_is_said_with_its_place_in_words()
    {
        await using var host = await ServingHost.StartAsync(TestModels.Mixed());
        using var content = new StringContent($"{Row}\n{{oops\n", Encoding.UTF8, "application/x-ndjson");
        using var answer = await host.Client.PostAsync(new Uri("/v1/models/mixed/score", UriKind.Relative), content);
        string lines = await answer.Content.ReadAsStringAsync();
        Assert.Contains("(byte 2 of the line)", lines, StringComparison.Ordinal);
        var whole = (await host.PostAsync("/v1/models/mixed/score", "[\n {oops")).IsProblem(HttpStatusCode.BadRequest, "(line 2, byte 3)");
        foreach (string text in (string[])[lines, whole.Json.GetRawText()])
            Assert.DoesNotContain("BytePositionInLine", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_without_lines_ends_and_says_so()
    {
        await using var host = await ServingHost.StartAsync([TestModels.Mixed()], options => options.StreamIdleTime = TimeSpan.FromSeconds(1));
        using var client = await host.ConnectAsync();
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /v1/models/mixed/score HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nContent-Length: 9999\r\n\r\n{Row}\n"));
        string answer = await BodyTests.ReadAnswerAsync(new UntilLine(client.GetStream()));
        if (!answer.Contains("No line", StringComparison.Ordinal))
            answer += await BodyTests.ReadAnswerAsync(new UntilLine(client.GetStream()));
        Assert.Contains("""{"error":"No line came within 1 s. 1 rows were answered."}""", answer, StringComparison.Ordinal);
        await BodyTests.Eventually(() => BodyTests.Gate(host).Streams == 0);
        host.Log.HasNoProblems();
    }

    [Fact]
    public async Task A_client_that_takes_no_answers_is_read_no_further()
    {
        await using var host = await ServingHost.StartAsync(TestModels.Mixed());
        using var client = await host.ConnectAsync();
        client.ReceiveBufferSize = 4096;
        var stream = client.GetStream();
        await stream.WriteAsync("POST /v1/models/mixed/score HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nContent-Length: 999999999\r\n\r\n"u8.ToArray());
        byte[] lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Row + "\n", 2000)));
        long sent = 0;
        using var blocked = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        try
        {
            while (sent < 200_000_000)
            {
                await stream.WriteAsync(lines, blocked.Token);
                sent += lines.Length;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The server takes no more, or has given up a client that takes nothing for so long.
        }

        Assert.InRange(sent, 0, 100_000_000);
        Assert.InRange(BodyTests.Gate(host).Bytes, 0, 4 << 20);
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/v1/models/mixed/score", Row)).Status);
    }

    [Fact]
    public async Task Streams_have_a_limit()
    {
        await using var host = await ServingHost.StartAsync([TestModels.Mixed()], options => options.MaxStreams = 1);
        BodyTests.Gate(host).EnterStream();
        (await host.PostAsync("/v1/models/mixed/score", Row, "application/x-ndjson")).IsProblem(HttpStatusCode.TooManyRequests, "1 streams");
        BodyTests.Gate(host).LeaveStream();
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/v1/models/mixed/score", Row, "application/x-ndjson")).Status);
        (await host.PostAsync("/v1/models/none/score", Row, "application/x-ndjson")).IsProblem(HttpStatusCode.NotFound, "no model 'none'");
    }

    private static async Task<JsonElement[]> SendAsync(ServingHost host, string path, string text, string? encoding = null)
    {
        byte[] body = Encoding.UTF8.GetBytes(text);
        using var content = new ByteArrayContent(encoding is null ? body : BodyTests.Compress(body, encoding));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);
        using var response = await host.Client.PostAsync(path, content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("1", response.Headers.GetValues("X-Model-Version").Single());
        string answer = await response.Content.ReadAsStringAsync();
        return [.. answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    /// <summary>Ends with the first line that ends with a brace.</summary>
    private sealed class UntilLine(Stream inner) : Stream
    {
        private bool _isDone;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_isDone)
                return 0;
            int read = await inner.ReadAsync(buffer, cancellationToken);
            _isDone = buffer.Span[..read].IndexOf("}\n"u8) >= 0;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
