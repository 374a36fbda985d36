using AnomalyKit.Tests.Hosting;
using static AnomalyKit.AspNetCore.Tests.Protocol.TensorText;

namespace AnomalyKit.AspNetCore.Tests.Protocol;

/// <summary>Many callers at a time: each gets its own scores, whatever the others ask for or give up.</summary>
public sealed class ParallelCallsTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    [Fact]
    public async Task Callers_get_their_own_rows_and_outputs_while_others_give_up()
    {
        const int Calls = 240;
        var answers = await Task.WhenAll(Enumerable.Range(0, Calls).Select(call => Task.Run(() => CallAsync(call))));
        Assert.Equal(Calls - (Calls / 3), answers.Count(answered => answered));
    }

    [Fact]
    public async Task A_request_is_answered_by_one_model_while_it_is_replaced()
    {
        var narrow = new ServedModel("m", "1", TestModels.FitNumbers(2, 200));
        var wide = new ServedModel("m", "2", TestModels.FitNumbers(3, 200));
        var pool = new SwappedPool(narrow);
        await using var host = await ServingHost.StartAsync([narrow], services: services => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<IDetectorPool>(services, pool));
        using var stop = new CancellationTokenSource();
        var swapping = Task.Run(async () =>
        {
            for (int i = 0; !stop.IsCancellationRequested; i++)
            {
                pool.Current = i % 2 == 0 ? wide : narrow;
                await Task.Delay(1);
            }
        });
        var seen = new HashSet<string>();
        // At least 400, and more where the swapping is kept waiting: each kind of request meets each model.
        for (int i = 0; i < 400 || (seen.Count < 4 && i < 20_000); i++)
        {
            int columns = 2 + (i % 2);
            var answer = await host.InferAsync("m", Matrix(new double[columns * 2], columns));
            // The version that is told has the columns that were sent; the other one says what it expects.
            if (answer.Status == 200)
                Assert.Equal(columns == 2 ? "1" : "2", answer.Json.GetProperty("model_version").GetString());
            else
                Assert.Contains($"[rows, {5 - columns}]", answer.Error, StringComparison.Ordinal);
            seen.Add($"{columns} {answer.Status}");
        }

        await stop.CancelAsync();
        await swapping;
        Assert.Equal(4, seen.Count);
    }

    private async Task<bool> CallAsync(int call)
    {
        int rows = call % 2 == 0 ? 1 : 7;
        double[] values = [.. Enumerable.Range(0, 4 * rows).Select(i => Math.Sin((call * 31) + i) * 5)];
        string output = (call % 4) switch
        {
            0 => "score",
            1 => "label",
            2 => "p_value",
            _ => "",
        };
        string rest = output.Length == 0 ? "" : $$""","outputs":[{"name":"{{output}}"}]""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/models/numbers/infer") { Content = new StringContent(Matrix(values, 4, rest)) };
        using var soon = new CancellationTokenSource();
        if (call % 3 == 0)
        {
            soon.CancelAfter(TimeSpan.FromMicroseconds(50 * (call % 20)));
            try
            {
                using var late = await fixture.Host.Client.SendAsync(request, soon.Token);
            }
            catch (OperationCanceledException)
            {
            }

            return false;
        }

        var answer = await fixture.Host.SendAsync(request);
        float[] scores = ProtocolFixture.Scores(values);
        Assert.Equal(output.Length == 0 ? ["score", "label", "p_value"] : [output], answer.OutputNames);
        if (output is "" or "score")
            Assert.Equal(scores, answer.Scores);
        if (output is "" or "label")
            Assert.Equal(scores.Select(ProtocolFixture.Numbers.IsAnomaly), answer.Labels);
        if (output is "" or "p_value")
            Assert.Equal(scores.Select(ProtocolFixture.Numbers.PValue), answer.Doubles("p_value"));
        return true;
    }

    private sealed class SwappedPool(ServedModel first) : IDetectorPool
    {
        private volatile ServedModel _current = first;

        public ServedModel Current
        {
            get => _current;
            set => _current = value;
        }

        public IReadOnlyList<ServedModel> Models => [_current];

        public IReadOnlyList<ModelStatus> Statuses => [];

        public bool IsReady => true;

        public ServedModel? DefaultModel => _current;

        public ServedModel? FindModel(string name, string? version = null) => _current;

        public ServedModel GetModel(string name, string? version = null) => _current;

        public Task WaitUntilReadyAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
    }
}
