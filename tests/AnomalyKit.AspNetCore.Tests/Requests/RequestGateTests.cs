using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Requests;

namespace AnomalyKit.Tests.Requests;

/// <summary>Who is let in, in which order, and that every place is given back.</summary>
public sealed class RequestGateTests
{
    private static RequestGate Gate(int scoring, int places, TimeSpan? wait = null) => new(new AnomalyServingOptions
    {
        MaxScoringRequests = scoring,
        MaxConcurrentRequests = places,
        MaxWaitTime = wait ?? TimeSpan.FromMinutes(1),
        MaxRequestBytes = 1024,
        MaxBufferedBytes = 4096,
        MaxStreams = 2,
        RetryAfter = TimeSpan.FromSeconds(7),
    });

    [Fact]
    public async Task Those_who_wait_are_served_in_the_order_in_which_they_came()
    {
        var gate = Gate(scoring: 1, places: 12);
        Assert.True(gate.TryEnter());
        var order = new List<int>();
        var waiting = Enumerable.Range(0, 10).Select(WaitAsync).ToArray();
        Assert.Equal(10, gate.Waiting);
        Assert.False(gate.TryEnter());
        gate.Leave();
        await Task.WhenAll(waiting);
        Assert.Equal(Enumerable.Range(0, 10), order);
        Assert.Equal((0, 0), (gate.Scoring, gate.Waiting));

        async Task WaitAsync(int number)
        {
            await gate.EnterAsync(CancellationToken.None);
            order.Add(number);
            gate.Leave();
        }
    }

    [Fact]
    public async Task A_burst_beyond_the_places_is_refused_at_once()
    {
        var gate = Gate(scoring: 4, places: 14);
        var entering = Enumerable.Range(0, 100).Select(_ => gate.EnterAsync(CancellationToken.None).AsTask()).ToArray();
        Assert.Equal((4, 10), (gate.Scoring, gate.Waiting));
        var refused = entering.Where(task => task.IsFaulted).Select(task => Assert.IsType<RequestException>(task.Exception!.InnerException)).ToArray();
        Assert.Equal(86, refused.Length);
        Assert.All(refused, problem => Assert.Equal((429, TimeSpan.FromSeconds(7)), (problem.Status, problem.RetryAfter)));
        for (int i = 0; i < 14; i++)
            gate.Leave();
        await Task.WhenAll(entering.Where(task => !task.IsFaulted));
        Assert.Equal((0, 0), (gate.Scoring, gate.Waiting));
    }

    [Fact]
    public async Task A_client_that_goes_away_frees_its_place()
    {
        var gate = Gate(scoring: 1, places: 3);
        Assert.True(gate.TryEnter());
        using var gone = new CancellationTokenSource();
        var first = gate.EnterAsync(gone.Token).AsTask();
        var second = gate.EnterAsync(CancellationToken.None).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(1, gate.Waiting);
        gate.Leave();
        await second;
        Assert.Equal((1, 0), (gate.Scoring, gate.Waiting));
        gate.Leave();
        Assert.Equal(0, gate.Scoring);
    }

    [Fact]
    public async Task A_turn_that_does_not_come_in_time_is_a_refusal()
    {
        var gate = Gate(scoring: 1, places: 3, TimeSpan.FromMilliseconds(20));
        Assert.True(gate.TryEnter());
        var problem = await Assert.ThrowsAsync<RequestException>(() => gate.EnterAsync(CancellationToken.None).AsTask());
        Assert.Equal(429, problem.Status);
        Assert.Equal((1, 0), (gate.Scoring, gate.Waiting));
        var patient = gate.EnterAsync(CancellationToken.None, isPatient: true).AsTask();
        await Task.Delay(60);
        Assert.False(patient.IsCompleted);
        gate.Leave();
        await patient;
    }

    [Fact]
    public async Task Places_are_whole_after_many_came_went_and_gave_up()
    {
        var gate = Gate(scoring: 3, places: 20, TimeSpan.FromMilliseconds(2));
        await Task.WhenAll(Enumerable.Range(0, 400).Select(async i =>
        {
            using var gone = new CancellationTokenSource();
            if (i % 3 == 0)
                gone.CancelAfter(i % 5);
            try
            {
                await Task.Yield();
                await gate.EnterAsync(gone.Token);
            }
            catch (Exception e) when (e is RequestException or OperationCanceledException)
            {
                return;
            }

            Assert.InRange(gate.Scoring, 1, 3);
            await Task.Delay(i % 2);
            gate.Leave();
        }));
        Assert.Equal((0, 0), (gate.Scoring, gate.Waiting));
    }

    [Fact]
    public void Bytes_are_counted_and_given_back()
    {
        var gate = Gate(1, 1);
        var bytes = new PooledBytes(gate, 1024);
        bytes.Append(new byte[2000]);
        Assert.Equal(2048, gate.Bytes);
        Assert.Equal(429, Assert.Throws<RequestException>(() => bytes.Append(new byte[3000])).Status);
        bytes.Dispose();
        bytes.Dispose();
        Assert.Equal(0, gate.Bytes);
    }

    [Fact]
    public void Bodies_have_an_eighth_of_the_memory_unless_one_request_may_have_more()
    {
        long eighth = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8;
        Assert.Equal(Math.Max(32L << 20, Math.Min(256L << 20, eighth)), new AnomalyServingOptions().MaxBufferedBytes);
        Assert.Equal(512L << 20, new AnomalyServingOptions { MaxRequestBytes = 512L << 20 }.MaxBufferedBytes);
        Assert.Equal(4096, new AnomalyServingOptions { MaxBufferedBytes = 4096 }.MaxBufferedBytes);
    }

    [Fact]
    public void Streams_have_a_limit_of_their_own()
    {
        var gate = Gate(1, 1);
        gate.EnterStream();
        gate.EnterStream();
        Assert.Equal(429, Assert.Throws<RequestException>(gate.EnterStream).Status);
        gate.LeaveStream();
        gate.EnterStream();
        Assert.Equal(2, gate.Streams);
    }
}
