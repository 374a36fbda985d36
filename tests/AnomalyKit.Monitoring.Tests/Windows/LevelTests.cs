using AnomalyKit.Numerics;

namespace AnomalyKit.Monitoring.Tests.Windows;

/// <summary>Where nothing moves, tests reject as often as their level says; over columns and time together no more often than asked.</summary>
public class LevelTests
{
    [Theory]
    [InlineData(300, 50)]
    [InlineData(1000, 50)]
    [InlineData(4000, 20)]
    public void Columns_keep_their_level_against_a_profile(int window, int windows)
    {
        // 40 columns in each window against 5 profiles: 4,000 tests and more. Of 4,000, the share that is rejected has a standard error of 0.0035: the range below is four of them wide on both sides.
        const int Columns = 40;
        int rejected = 0;
        int tests = 0;
        for (ulong round = 0; round < 5; round++)
        {
            var profile = ReferenceProfile.Of(Rows(20_000, Columns, (100 * round) + 1));
            for (ulong w = 0; w < (ulong)windows; w++)
            {
                var current = new DriftWindow(profile, seed: w + 1);
                current.Add(Rows(window, Columns, (1000 * (round + 1)) + w));
                foreach (var column in DriftComparison.Compare(profile, current).Columns)
                {
                    tests++;
                    rejected += column.PValue <= 0.05 ? 1 : 0;
                }
            }
        }

        Assert.InRange((double)rejected / tests, 0.035, 0.065);
    }

    [Fact]
    public void Windows_keep_their_level_against_each_other()
    {
        var profile = ReferenceProfile.Of(Rows(10, 40, 0));
        int rejected = 0;
        int levels = 0;
        for (ulong round = 0; round < 100; round++)
        {
            var (a, b) = (new DriftWindow(profile, seed: 1), new DriftWindow(profile, seed: 2));
            a.Add(Rows(500, 40, 50_000 + round));
            b.Add(Rows(700, 40, 60_000 + round));
            rejected += DriftComparison.Compare(a, b).Columns.Count(column => column.PValue <= 0.05);
        }

        Assert.InRange(rejected / 4000.0, 0.035, 0.065);
        var words = Table(10, 1);
        var wordProfile = ReferenceProfile.Of(Table(2000, 2));
        for (ulong round = 0; round < 1500; round++)
        {
            var (a, b) = (new DriftWindow(wordProfile), new DriftWindow(wordProfile));
            a.Add(Table(300, 10_000 + round));
            b.Add(Table(400, 20_000 + round));
            levels += DriftComparison.Compare(a, b).Columns[0].PValue <= 0.05 ? 1 : 0;
        }

        Assert.InRange(levels / 1500.0, 0.035, 0.065);
    }

    [Fact]
    public void Forty_stable_columns_raise_hardly_any_drift_whatever_the_days()
    {
        // evidentlyai/evidently #238: at 0.05 each, 87 % of days had some drift.
        const int Days = 25;
        const int Series = 20;
        int alone = 0;
        int spent = 0;
        for (int series = 0; series < Series; series++)
        {
            bool any = false;
            var profile = ReferenceProfile.Of(Rows(16_000, 40, (ulong)(700 + series)));
            for (int day = 1; day <= Days; day++)
            {
                var window = new DriftWindow(profile);
                window.Add(Rows(300, 40, (ulong)(70_000 + (1000 * series) + day)));
                alone += DriftComparison.Compare(profile, window, new DriftOptions { MinEffect = 0 }).IsDrifted ? 1 : 0;
                any |= DriftComparison.Compare(profile, window, new DriftOptions { MinEffect = 0, WindowNumber = day }).IsDrifted;
            }

            spent += any ? 1 : 0;
        }

        // Each day on its own at 0.05; and of whole series, spent over time, 0.05: one of 20.
        Assert.InRange(alone / (double)(Days * Series), 0.01, 0.065);
        Assert.InRange(spent, 0, 3);
    }

    [Fact]
    public void Dependent_columns_are_conservative()
    {
        // All columns the same: Holm's correction then rejects together, and rarely.
        int windows = 0;
        for (ulong round = 0; round < 200; round++)
        {
            var profile = ReferenceProfile.Of(Rows(10, 10, 0));
            var (a, b) = (new DriftWindow(profile, seed: 1), new DriftWindow(profile, seed: 2));
            a.Add(Copies(300, 10, 80_000 + round));
            b.Add(Copies(300, 10, 90_000 + round));
            windows += DriftComparison.Compare(a, b, new DriftOptions { MinEffect = 0 }).Columns.Any(column => column.IsDrifted) ? 1 : 0;
        }

        Assert.InRange(windows / 200.0, 0, 0.05);
    }

    [Theory]
    [InlineData(1.0, 1000)]
    [InlineData(0.5, 5000)]
    public void A_shift_of_one_column_of_thirty_is_found(double shift, int window)
    {
        var profile = ReferenceProfile.Of(Rows(20_000, 30, 5));
        for (ulong round = 0; round < 20; round++)
        {
            var rows = Rows(window, 30, 200 + round);
            var current = new DriftWindow(profile);
            var cells = new float[window * 30];
            for (int row = 0; row < window; row++)
            {
                rows.Cells(row).CopyTo(cells.AsSpan(row * 30));
                cells[(row * 30) + 4] += (float)shift;
            }

            current.Add(FeatureMatrix.Wrap(cells, 30));
            var comparison = DriftComparison.Compare(profile, current);
            Assert.Equal("f4", comparison.Columns[0].Name);
            Assert.Equal([true, .. Enumerable.Repeat(false, 29)], comparison.Columns.Select(column => column.IsDrifted));
        }
    }

    internal static FeatureMatrix Rows(int count, int columns, ulong stream)
    {
        var random = new CounterRandom(1234, stream);
        var cells = new float[count * columns];
        // Uniform: quicker to draw, and the tests do not see the difference.
        for (int i = 0; i < cells.Length; i++)
            cells[i] = random.NextUInt32() * (float)(3.46 / 4294967296.0);
        return FeatureMatrix.Wrap(cells, columns);
    }

    private static FeatureMatrix Copies(int count, int columns, ulong stream)
    {
        var one = Rows(count, 1, stream);
        return FeatureMatrix.Wrap(Enumerable.Range(0, count * columns).Select(i => one.Cells(i / columns)[0]).ToArray(), columns);
    }

    private static FeatureTable Table(int count, ulong stream)
    {
        var random = new CounterRandom(99, stream);
        string[] levels = ["a", "a", "a", "b", "b", "c", "d", "e"];
        var words = new string[count];
        for (int i = 0; i < count; i++)
            words[i] = levels[random.NextInt32(levels.Length)];
        return new FeatureTable(CategoryColumn.FromWords("w", words));
    }
}
