using System.Text.RegularExpressions;

namespace AnomalyKit.Docs.Tests.Prose;

/// <summary>
/// How easily English prose is read, after R. Flesch, "A new readability yardstick", Journal of Applied Psychology 32 (1948): 206.835 less 1.015 times the words a sentence
/// and 84.6 times the syllables a word. 100 is very easy, 60 to 70 plain English, 30 and less what scholars write for each other.
/// </summary>
internal static partial class ReadingEase
{
    public static double Of(string text)
    {
        int sentences = 0, words = 0, syllables = 0;
        foreach (string sentence in EndOfSentence().Split(text))
        {
            var found = Word().Matches(sentence);
            if (found.Count == 0)
                continue;
            sentences++;
            words += found.Count;
            syllables += found.Sum(word => Syllables(word.Value));
        }

        if (words == 0)
            throw new ArgumentException("There are no words to read.", nameof(text));
        return 206.835 - (1.015 * words / sentences) - (84.6 * syllables / words);
    }

    /// <summary>Runs of vowels, without an e that is not spoken at the end, as in "late", "named" and "makes". A number counts as one.</summary>
    public static int Syllables(string word)
    {
        string lower = word.ToLowerInvariant();
        int count = Vowels().Count(lower);
        if (count > 1 && SilentEnd().IsMatch(lower))
            count--;
        return Math.Max(1, count);
    }

    // A point within a number or a name ("0.5", "report.html") ends nothing; the end of a paragraph does.
    [GeneratedRegex(@"[.!?]+(?=[\s)""”’*_]|$)|\n")]
    private static partial Regex EndOfSentence();

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}'’.,/_-]*")]
    private static partial Regex Word();

    [GeneratedRegex("[aeiouyäöü]+")]
    private static partial Regex Vowels();

    [GeneratedRegex("([^aeiouyl]e|[aeiouy]le|[^aeioutdy]ed|[^aeiouyscgxz]es|[^aeiouysc]hes)$")]
    private static partial Regex SilentEnd();
}
