using System.CommandLine;
using AnomalyKit.Samples.CreditCard.Data;

namespace AnomalyKit.Samples.CreditCard.Commands;

/// <summary>Fetches the public copy of the credit-card set.</summary>
internal sealed class DownloadCommand
{
    private readonly Option<string> _out = new("--out")
    {
        Description = "Where to put the file; what is there already is kept.",
        HelpName = "FILE",
        DefaultValueFactory = _ => "creditcard.csv",
    };

    private readonly Option<string> _url = new("--url")
    {
        Description = "Another place to get it from; the content must be the same.",
        HelpName = "URL",
        DefaultValueFactory = _ => KnownFiles.PublicCopy,
    };

    public Command Create()
    {
        var command = new Command("download", "Fetches the public copy of the credit-card set (150 MB), resuming where it stopped, and checks its hash.");
        command.Options.Add(_out);
        command.Options.Add(_url);
        command.SetAction((parsed, cancellationToken) => Guard.RunAsync(
            () => Task.Run(() => Download(parsed.GetValue(_url)!, parsed.GetValue(_out)!, cancellationToken), CancellationToken.None),
            Console.Error));
        return command;
    }

    private static void Download(string url, string path, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var source) || source.Scheme is not ("http" or "https"))
            throw new SampleException($"'{url}' is no http or https address. Give a whole one, such as {KnownFiles.PublicCopy}.");
        if (Directory.Exists(path))
            throw new SampleException($"'{path}' is a folder. Give the name of a file.");
        var view = SampleConsole.CreateView();
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var download = new ResumableDownload(client, KnownFiles.Sha256);
        view.Say(view.Step(
            $"Downloading {source}",
            progress => download.RunAsync(source, path, progress, cancellationToken).GetAwaiter().GetResult()));
    }
}
