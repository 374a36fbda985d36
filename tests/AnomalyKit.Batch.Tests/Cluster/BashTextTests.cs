using AnomalyKit.Batch.Shell;
using FsCheck.Fluent;

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
        var letters = Gen.OneOf(Gen.Choose(1, 127), Gen.Choose(0x80, 0x2FF), Gen.Elements(0x2028, 0xFEFF, 0x4E2D, 0x1F600)).Select(char.ConvertFromUtf32);
        string[] words = [.. letters.ListOf().Select(parts => string.Concat(parts)).Sample(400, 30), "~", "*", "!!", "-n", "a=b", "{1..3}", "\n", "$'x'", "\\'", "\u0001" + "1"];
        string script = folder["words.sh"];
        File.WriteAllText(script, $"printf '%s\\0' {BashText.Quote(words)}");
        Assert.Equal(words, Bash.Run(script).Output.Split('\0')[..^1]);
    }
}
