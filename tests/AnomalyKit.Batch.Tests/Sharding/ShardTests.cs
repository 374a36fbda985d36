using FsCheck.Xunit;

namespace AnomalyKit.Batch.Tests.Sharding;

public sealed class ShardTests
{
    [Property(MaxTest = 200)]
    public void Shards_cover_all_rows_once_in_order_and_are_of_about_one_size(uint rows, byte shards)
    {
        int count = shards + 1;
        long total = (long)rows * rows / 3;
        long next = 0;
        for (int number = 1; number <= count; number++)
        {
            var (first, end) = new Shard(number, count).RowsOf(total);
            Assert.Equal(next, first);
            Assert.InRange(end - first, total / count, (total / count) + 1);
            next = end;
        }

        Assert.Equal(total, next);
    }

    [Theory]
    [InlineData("3/12", null, 3, 12)]
    [InlineData("1/1", null, 1, 1)]
    [InlineData("3", 12, 3, 12)]
    [InlineData("3/12", 12, 3, 12)]
    public void A_shard_is_read(string text, int? count, int number, int shards) => Assert.Equal(new Shard(number, shards), Shard.Parse(text, count, _ => throw new InvalidOperationException()));

    [Theory]
    [InlineData("SLURM_ARRAY_TASK_ID", "3", 3)]
    [InlineData("SLURM_ARRAY_TASK_ID", "12", 12)]
    [InlineData("JOB_COMPLETION_INDEX", "0", 1)]
    [InlineData("JOB_COMPLETION_INDEX", "11", 12)]
    public void The_scheduler_gives_the_number_and_never_the_count(string variable, string value, int number)
    {
        // A repeated array of two tasks says that it has two.
        string? Look(string name) => name == variable ? value : name == "SLURM_ARRAY_TASK_COUNT" ? "2" : null;
        Assert.Equal(new Shard(number, 12), Shard.Parse("env/12", null, Look));
        Assert.Equal(new Shard(number, 12), Shard.Parse("env", 12, Look));
    }

    [Theory]
    [InlineData("0/12", null, null, "Shard 0 of 12 does not exist")]
    [InlineData("13/12", null, null, "Shard 13 of 12 does not exist")]
    [InlineData("3", null, null, "Write 3/12")]
    [InlineData("env", null, "3", "env/12")]
    [InlineData("3/12", 24, null, "the plan has 24")]
    [InlineData("a/12", null, null, "'a' is not a number")]
    [InlineData("3/0", null, null, "1 to 1000000 shards")]
    [InlineData("3/-1", null, null, "not a valid number of shards")]
    [InlineData("+3/12", null, null, "is not a number")]
    [InlineData("1/2/3", null, null, "is not a shard")]
    [InlineData("env/12", null, null, "Neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX")]
    [InlineData("env/12", null, "", "Neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX")]
    [InlineData("env/12", null, "x", "'x', which is not a task number")]
    [InlineData("env/9", null, "0", "--array=1-9")]
    [InlineData("env/9", null, "18", "--array=1-9")]
    public void What_is_no_shard_is_said(string text, int? count, string? slurm, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => Shard.Parse(text, count, name => name == Shard.SlurmVariable ? slurm : null)).Message, StringComparison.Ordinal);

    [Fact]
    public void Two_schedulers_at_once_are_one_too_many() => Assert.Contains("both set", Assert.Throws<FormatException>(() => Shard.Parse("env/3", null, _ => "1")).Message, StringComparison.Ordinal);
}
