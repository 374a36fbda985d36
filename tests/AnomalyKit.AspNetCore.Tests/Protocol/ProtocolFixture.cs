using AnomalyKit.Tests.Hosting;

namespace AnomalyKit.AspNetCore.Tests.Protocol;

/// <summary>A server with a model of numbers, one of mixed columns, and two versions of one.</summary>
public sealed class ProtocolFixture : IAsyncLifetime
{
    internal static ServedModel Numbers { get; } = TestModels.Numbers();

    internal static ServedModel Mixed { get; } = TestModels.Mixed();

    internal ServingHost Host { get; private set; } = null!;

    public async Task InitializeAsync() =>
        Host = await ServingHost.StartAsync(TestModels.Numbers(), TestModels.Mixed(), TestModels.Numbers("twice", "2"), TestModels.Numbers("twice", "10"));

    public async Task DisposeAsync()
    {
        // Callers that gave up leave requests behind, which end first.
        await Host.StopAsync();
        Host.Log.HasNoProblems();
        Assert.Equal(0, Gate(Host).Bytes);
        Assert.Equal(0, Gate(Host).Scoring);
        await Host.DisposeAsync();
    }

    /// <summary>The scores that the library gives.</summary>
    internal static float[] Scores(double[] values)
    {
        var scores = new float[values.Length / Numbers.Columns.ColumnCount];
        Numbers.Score(values, scores);
        return scores;
    }

    internal static Serving.Requests.RequestGate Gate(ServingHost host) =>
        ((Serving.Requests.ScoringRequests)host.Services.GetService(typeof(Serving.Requests.ScoringRequests))!).Gate;
}
