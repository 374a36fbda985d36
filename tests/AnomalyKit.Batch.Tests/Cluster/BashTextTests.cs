using AnomalyKit.Batch.Shell;

namespace AnomalyKit.Batch.Tests.Cluster;

public sealed class BashTextTests
{
    [Theory]
    [InlineData("plain-1.csv", "plain-1.csv")]
    [InlineData("", "''")]
    [InlineData("two words", "'two words'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("$HOME `id` \\", "'$HOME `id` \\'")]
    [InlineData("@timestamp", "'@timestamp'")]
    [InlineData("a\r\n#SBATCH --array=1-9\n'\\", @"$'a\015\012#SBATCH --array=1-9\012\'\\'")]
    public void Words_are_quoted(string text, string quoted) => Assert.Equal(quoted, BashText.Quote(text));

    [BashFact]
    public void All_words_arrive_as_they_are()
    {
        using var folder = new TemporaryFolder();
        // A plain word comes first: what reads the output takes a byte order mark at its very beginning for no part of it.
        string[] words = ["~", "*", "!!", "-n", "a=b", "{1..3}", "\n", "$'x'", "\\'", "\u0001" + "1", .. Words(new Random(7)).Take(30)];
        string script = folder["words.sh"];
        File.WriteAllText(script, $"printf '%s\\0' {BashText.Quote(words)}");
        Assert.Equal(words, Bash.Run(script).Output.Split('\0')[..^1]);
    }

    private static IEnumerable<string> Words(Random random)
    {
        int[] rare = [0x2028, 0xFEFF, 0x4E2D, 0x1F600];
        while (true)
        {
            int length = random.Next(400);
            yield return string.Concat(Enumerable.Range(0, length).Select(_ => char.ConvertFromUtf32(random.Next(3) switch
            {
                0 => random.Next(1, 128),
                1 => random.Next(0x80, 0x300),
                _ => rare[random.Next(rare.Length)],
            })));
        }
    }
}
