using System.Globalization;
using System.Text;
using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Tool.Tests.Support;

/// <summary>A folder with made-up payments, of which one in a hundred is strange, and a model of them.</summary>
public sealed class Payments : IDisposable
{
    public const int RowCount = 2000;

    private readonly TempFolder _folder = new();

    public Payments()
    {
        var random = new Random(20261128);
        var text = new StringBuilder("id,amount,hour,merchant,fraud\n");
        for (int row = 0; row < RowCount; row++)
        {
            bool isFraud = row % 100 == 7;
            string amount = Math.Round((isFraud ? 900 : 20) * (1 + random.NextDouble()), 2).ToString(CultureInfo.InvariantCulture);
            string merchant = isFraud ? "jeweller's, \"the\" one" : ((string[])["grocer", "fuel", "books"])[random.Next(3)];
            text.Append(CultureInfo.InvariantCulture, $"p{row},{amount},{random.Next(6, 22)},\"{merchant.Replace("\"", "\"\"", StringComparison.Ordinal)}\",{(isFraud ? 1 : 0)}\n");
        }

        File.WriteAllText(Csv, text.ToString());
        Run.Of("fit", Csv, "--out", Model, "--id", "id", "--label", "fraud", "--detector", "isolation-forest", "--threshold", "contamination:0.01").Succeeds();
    }

    public string Csv => _folder.File("payments.csv");

    public string Model => _folder.File("payments.akm");

    public string this[string name] => _folder.File(name);

    public string Write(string name, string content)
    {
        File.WriteAllText(this[name], content);
        return this[name];
    }

    public void Dispose() => _folder.Dispose();
}
