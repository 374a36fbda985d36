using System.Text;

namespace AnomalyKit.Csv;

/// <summary>Puts an apostrophe before whatever a spreadsheet might take for the beginning of a formula.</summary>
/// <remarks>
/// A cell begins at the beginning of a word. Where a spreadsheet splits at semicolons or tabs, whatever the file says, one begins behind each of them too, and at each line of a word. Spaces and quotes in front
/// change nothing. Signs of full width and small signs are taken like plain ones.
/// </remarks>
internal static class FormulaGuard
{
    private const string Signs = "=+-@＝＋－＠﹦﹢﹣﹫";
    private const string Separators = ";\t\r\n";

    public static string Guarded(string word)
    {
        StringBuilder? guarded = null;
        int copied = 0;
        // Some programs drop a tab or a line end at the beginning: it is no place to begin with.
        if (word.Length > 0 && word[0] is '\t' or '\r' or '\n')
            guarded = new StringBuilder("'");
        int cell = 0;
        for (int i = 0; i < word.Length; i++)
        {
            char letter = word[i];
            if (Separators.Contains(letter, StringComparison.Ordinal))
            {
                cell = i + 1;
            }
            else if (cell >= 0 && letter != '"' && !char.IsWhiteSpace(letter))
            {
                if (Signs.Contains(letter, StringComparison.Ordinal))
                {
                    guarded = (guarded ?? new StringBuilder()).Append(word, copied, cell - copied).Append('\'');
                    copied = cell;
                }

                cell = -1;
            }
        }

        return guarded is null ? word : guarded.Append(word, copied, word.Length - copied).ToString();
    }
}
