using static AnomalyKit.Core.Tests.Preparation.Tables;

namespace AnomalyKit.Core.Tests.Preparation;

public sealed class DatePartsTests
{
    [Fact]
    public void Parts_that_come_round_are_points_on_a_circle()
    {
        var table = Of(Dates("at", "2024-01-01T00:00", "2024-01-03T12:00", "2024-07-01T18:00"));
        var fitted = new TablePreparation { Dates = DateParts.Elapsed | DateParts.Hour | DateParts.Weekday | DateParts.Month }.Fit(table);
        var matrix = fitted.Apply(table);
        Assert.Equal([0f, 2.5f, 182.75f], Cells(matrix, "at: days elapsed"));
        Near([0, 0, -1], Cells(matrix, "at: hour (sine)"));
        Near([1, -1, 0], Cells(matrix, "at: hour (cosine)"));
        // 2024-01-01 was a Monday; Wednesday noon is 2.5 days into the week.
        Near([0, Math.Sin(2 * Math.PI * 2.5 / 7), Math.Sin(2 * Math.PI * 0.75 / 7)], Cells(matrix, "at: weekday (sine)"));
        Near([0, Math.Sin(2 * Math.PI * (2.5 / 31) / 12), Math.Sin(2 * Math.PI * (6 + (0.75 / 31)) / 12)], Cells(matrix, "at: month (sine)"));
    }

    [Theory]
    [InlineData("2024-01-13T23:59", false)]
    [InlineData("2024-01-14T00:00", true)]
    public void Weekdays_count_from_two_weeks_on(string last, bool hasWeekdays)
    {
        var table = Of(Dates("at", "2024-01-15T00:00", "2024-01-05T08:00", "2024-01-01T00:00"));
        var shorter = Of(Dates("at", last, "2024-01-05T08:00", "2024-01-01T00:00"));
        string[] hour = ["at: hour (sine)", "at: hour (cosine)"];
        string[] weekday = ["at: weekday (sine)", "at: weekday (cosine)"];
        Assert.Equal([.. hour, .. weekday], new TablePreparation().Fit(table).Output.ColumnNames);
        Assert.Equal(hasWeekdays ? [.. hour, .. weekday] : hour, new TablePreparation().Fit(shorter).Output.ColumnNames);
        Assert.Equal(weekday, new TablePreparation { Dates = DateParts.Weekday }.Fit(shorter).Output.ColumnNames);
    }

    [Fact]
    public void Dates_without_times_have_no_hours()
    {
        var fitted = new TablePreparation().Fit(Of(Dates("at", "2024-01-15", "2024-01-05", "2024-01-01"), Numbers("n", 1, 2, 3)));
        Assert.Equal(["at: weekday (sine)", "at: weekday (cosine)", "n"], fitted.Output.ColumnNames);
        // In fewer than two weeks they have no weekdays either; what is asked for by name is there.
        var week = Of(Dates("at", "2024-01-07", "2024-01-05", "2024-01-01"), Numbers("n", 1, 2, 3));
        Assert.Equal(["n"], new TablePreparation().Fit(week).Output.ColumnNames);
        Assert.Equal("n", new TablePreparation().Fit(week).Schema.Fields[0].Name);
        Assert.Equal(["at: hour (sine)", "at: hour (cosine)", "n"], new TablePreparation { Dates = DateParts.Hour }.Fit(week).Output.ColumnNames);
        var gap = Of(Dates("at", "2024-01-07", null, "2024-01-01"), Numbers("n", 1, 2, 3));
        Assert.Equal(2, new TablePreparation { Missing = MissingCells.Median.WithIndicator() }.Fit(gap).Output.ColumnNames.Count);
        Assert.Equal(["at: month (sine)", "at: month (cosine)", "n"], new TablePreparation { Dates = DateParts.Automatic | DateParts.Month }.Fit(week).Output.ColumnNames);
    }

    [Fact]
    public void Midnight_lies_beside_a_minute_before()
    {
        var table = Of(Dates("at", "2024-01-01T23:59", "2024-01-02T00:00", "2024-01-02T12:00"));
        var matrix = new TablePreparation { Dates = DateParts.Hour }.Fit(table).Apply(table);
        Assert.True(Distance(matrix, 0, 1) < 0.005);
        Assert.True(Distance(matrix, 1, 2) > 1.99);
    }

    [Fact]
    public void A_column_of_no_parts_is_left_out()
    {
        var table = Of(Dates("at", "2024-01-01", "2024-01-02"), Numbers("n", 1, 2));
        var fitted = new TablePreparation { Dates = DateParts.None }.Fit(table);
        Assert.Equal(["n"], fitted.Output.ColumnNames);
        Assert.Equal("n", fitted.Schema.Fields[0].Name);
    }

    [Fact]
    public void Points_in_time_and_wall_clocks_do_not_mix()
    {
        var table = Of(Dates("at", "2024-01-01T08:00", "2024-01-02T09:00"));
        var fitted = new TablePreparation().Fit(table);
        var utc = Of(new DateTimeColumn("at", new[] { DateTime.UnixEpoch.Ticks }, isUtc: true));
        Assert.Contains("UTC", Assert.Throws<TableDataException>(() => fitted.Apply(utc)).Message, StringComparison.Ordinal);
    }

    private static void Near(double[] expected, float[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-6);
    }

    private static double Distance(FeatureMatrix matrix, int a, int b)
    {
        double sum = 0;
        for (int i = 0; i < matrix.ColumnCount; i++)
            sum += Math.Pow(matrix.Cells(a)[i] - matrix.Cells(b)[i], 2);
        return Math.Sqrt(sum);
    }
}
