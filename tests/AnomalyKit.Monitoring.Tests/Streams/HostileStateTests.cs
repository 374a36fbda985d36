using AnomalyKit.Persistence;
using AnomalyKit.Monitoring.Tests.Budget;

namespace AnomalyKit.Monitoring.Tests.Streams;

/// <summary>States that were tampered with are refused by one exception, or work: no crash, no hang, no memory that the file does not vouch for.</summary>
public sealed class HostileStateTests
{
    [Fact]
    public void Mutated_states_are_refused_or_work()
    {
        byte[][] states = [.. States()];
        var random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 2000; i++)
        {
            byte[] mutated = Mutate(states[i % states.Length], random);
            try
            {
                Use(mutated);
            }
            catch (ModelFormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1000, 2000);
    }

    [Theory]
    [InlineData("\"count\":\"", "\"count\":\"-")]
    [InlineData("\"count\":\"350\"", "\"count\":\"9223372036854775807\"")]
    [InlineData("\"alpha\":\"0.01\"", "\"alpha\":\"1.5\"")]
    [InlineData("\"alpha\":\"0.01\"", "\"alpha\":\"NaN\"")]
    [InlineData("\"enabled\":\"1\"", "\"enabled\":\"2\"")]
    [InlineData("\"detections\":\"0\"", "\"detections\":\"7\"")]
    [InlineData("reference-martingale", "reference-martingalf")]
    [InlineData("\"strategy/kind\":\"change-point\"", "\"strategy/kind\":\"power-mixture\"")]
    [InlineData("\"reference/count\":\"500\"", "\"reference/count\":\"100\"")]
    [InlineData("\"subject\":\"score\"", "\"subject\":\"score\",\"x\":\"y\"")]
    public void Values_that_do_not_fit_are_refused_with_a_reason(string from, string to)
    {
        var monitor = StreamData.Monitors()[2];
        monitor.UpdateAll(StreamData.Values(1, 350));
        byte[] changed = ChangeHeader(StreamData.State(monitor), from, to);
        var error = Assert.Throws<ModelFormatException>(() => DriftMonitor.Load(new MemoryStream(changed)));
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_cut_anywhere_is_refused()
    {
        byte[] state = StreamData.State(StreamData.Monitors()[6]);
        for (int length = 0; length < state.Length; length += 13)
            Assert.Throws<ModelFormatException>(() => DriftMonitor.Load(new MemoryStream(state[..length])));
    }

    [Fact]
    public void A_window_that_the_file_does_not_hold_takes_no_memory()
    {
        byte[] state = BudgetData.State(new AlertBudget(new TrackingThreshold(0.01, new ReferenceSample(StreamData.Values(1, 300)))));
        byte[] changed = ChangeHeader(state, "\"threshold/window-length\":\"4096\"", "\"threshold/window-length\":\"16777216\"");
        long before = GC.GetAllocatedBytesForCurrentThread();
        AlertBudget.Load(new MemoryStream(changed));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    private static IEnumerable<byte[]> States()
    {
        foreach (var monitor in StreamData.Monitors())
        {
            monitor.UpdateAll(StreamData.Values(1, 350));
            yield return StreamData.State(monitor);
        }

        var columns = new ColumnMonitor(ColumnMonitorTests.Rows(3, 300, 3));
        columns.UpdateAll(ColumnMonitorTests.Rows(4, 100, 3));
        yield return StreamData.State(columns);
        yield return BudgetData.State(BudgetData.Fed());
        using var stream = new MemoryStream();
        var monitors = new ScoreMonitor(StreamData.Monitors(), BudgetData.Fed(), columns);
        monitors.Save(stream);
        yield return stream.ToArray();
    }

    private static void Use(byte[] state)
    {
        string text = System.Text.Encoding.Latin1.GetString(state);
        if (text.Contains("\"score-monitor\"", StringComparison.Ordinal))
        {
            var monitor = ScoreMonitor.Load(new MemoryStream(state));
            monitor.Update([0.1f, 0.9f, 0.5f]);
            _ = monitor.Snapshot();
        }
        else if (text.Contains("\"alert-budget\"", StringComparison.Ordinal))
        {
            var budget = AlertBudget.Load(new MemoryStream(state));
            for (int i = 0; i < 200; i++)
                budget.Decide(i / 200.0);
        }
        else
        {
            var monitor = DriftMonitor.Load(new MemoryStream(state));
            (monitor as StreamMonitor)?.UpdateAll(StreamData.Values(9, 200));
            (monitor as ColumnMonitor)?.UpdateAll(ColumnMonitorTests.Rows(4, 100, 3));
            Assert.False(double.IsNaN(monitor.Statistic));
        }
    }

    /// <summary>A change of a few bytes; in half of the cases of the header's digits, which no checksum covers; in a quarter of the arrays, with a checksum that fits.</summary>
    private static byte[] Mutate(byte[] state, Random random)
    {
        byte[] mutated = [.. state];
        int header = 8 + (int)BitConverter.ToInt64(state);
        int kind = random.Next(4);
        for (int i = 0, changes = random.Next(1, 4); i < changes; i++)
        {
            int at = kind == 3 && header < mutated.Length ? random.Next(header, mutated.Length) : random.Next(kind == 0 ? 0 : 8, header);
            if (kind is 1 or 2)
            {
                int digit = Array.FindIndex(mutated, at, value => value is >= (byte)'0' and <= (byte)'9');
                at = digit >= 0 && digit < header ? digit : at;
                mutated[at] = (byte)random.Next('0', '9' + 1);
            }
            else
            {
                mutated[at] = (byte)random.Next(256);
            }
        }

        return kind == 3 ? WithChecksum(mutated, header) : mutated;
    }

    private static byte[] WithChecksum(byte[] state, int header)
    {
        string sum = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(state.AsSpan(header)));
        int at = System.Text.Encoding.Latin1.GetString(state, 0, header).IndexOf("\"anomalykit.sha256\":\"", StringComparison.Ordinal) + "\"anomalykit.sha256\":\"".Length;
        System.Text.Encoding.UTF8.GetBytes(sum).CopyTo(state, at);
        return state;
    }

    private static byte[] ChangeHeader(byte[] state, string from, string to)
    {
        int length = (int)BitConverter.ToInt64(state);
        string text = System.Text.Encoding.UTF8.GetString(state, 8, length).TrimEnd();
        Assert.Contains(from, text, StringComparison.Ordinal);
        byte[] changed = System.Text.Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
        return [.. BitConverter.GetBytes((long)changed.Length), .. changed, .. state.AsSpan(8 + length)];
    }
}
