using System.Net;
using System.Text;
using AnomalyKit.Tests.Hosting;
using AnomalyKit.Tests.Requests;

namespace AnomalyKit.Tests.Scoring;

/// <summary>Many callers at a time: each gets the scores of its own rows, also while others go away.</summary>
public sealed class ParallelTests
{
    [Fact]
    public async Task No_caller_gets_the_scores_of_another()
    {
        var model = TestModels.Numbers();
        await using var host = await ServingHost.StartAsync([model], options => options.MaxWaitTime = TimeSpan.FromMinutes(1));
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async caller =>
        {
            int rows = caller % 2 == 0 ? 1 : 7;
            double[] values = [.. Enumerable.Range(0, 4 * rows).Select(i => ((caller * 31) + (i * 17)) % 101 / 20d)];
            string body = "[" + string.Join(",", values.Chunk(4).Select(row => FormattableString.Invariant($"[{row[0]},{row[1]},{row[2]},{row[3]}]"))) + "]";
            using var gone = new CancellationTokenSource();
            if (caller % 3 == 0)
                gone.CancelAfter(TimeSpan.FromMilliseconds(caller % 10));
            try
            {
                bool isPredict = caller % 5 == 0;
                using var content = new StringContent(isPredict ? $"{{\"data\":{body}}}" : body, Encoding.UTF8, "application/json");
                using var response = await host.Client.PostAsync(isPredict ? "/predict" : "/v1/models/numbers/score?explain=" + (caller % 4), content, gone.Token);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                var answer = new Answer(response.StatusCode, System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(gone.Token)).RootElement, response);
                var expected = new float[rows];
                model.Score(values, expected);
                if (isPredict)
                    Assert.Equal(expected.Select(model.IsAnomaly), answer.Json.GetProperty("predictions").EnumerateArray().Select(label => label.GetInt32() == 1));
                else
                    Assert.Equal(expected, ScoreTests.ScoresOf(answer));
            }
            catch (OperationCanceledException) when (gone.IsCancellationRequested)
            {
            }
        }));
        await BodyTests.Eventually(() => BodyTests.Gate(host) is { Scoring: 0, Waiting: 0, Bytes: 0 });
        host.Log.HasNoProblems();
    }

    [Fact]
    public async Task Overload_is_refused_at_once_and_leaves_nothing_behind()
    {
        await using var host = await ServingHost.StartAsync([TestModels.Numbers()], options =>
        {
            options.MaxConcurrentRequests = 2;
            options.MaxScoringRequests = 1;
            options.MaxWaitTime = TimeSpan.FromMilliseconds(50);
            options.RetryAfter = TimeSpan.FromSeconds(3);
        });
        var gate = BodyTests.Gate(host);
        Assert.True(gate.TryEnter());
        var first = host.PostAsync("/predict", """{"data":[[0,0,0,0]]}""");
        var refused = (await first).IsProblem(HttpStatusCode.TooManyRequests, "Try again in 3 s.");
        Assert.Equal("3", refused.Response.Headers.RetryAfter!.ToString());
        // Liveness does not depend on load.
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/health/live")).Status);
        gate.Leave();
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/predict", """{"data":[[0,0,0,0]]}""")).Status);
        await BodyTests.AssertIdleAsync(host);
    }
}
