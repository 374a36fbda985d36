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

    private readonly Option<Uri> _url = new("--url")
    {
        Description = "Another place to get it from; the content must be the same.",
        HelpName = "URL",
        CustomParser = result => new Uri(result.Tokens[0].Value, UriKind.RelativeOrAbsolute),
        DefaultValueFactory = _ => new Uri(KnownFiles.PublicCopy),
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

    private static void Download(Uri source, string path, CancellationToken cancellationToken)
    {
        if (!source.IsAbsoluteUri || source.Scheme is not ("http" or "https"))
            throw new SampleException($"'{source}' is no http or https address. Give a whole one, such as {KnownFiles.PublicCopy}.");
        var view = SampleConsole.CreateView();
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var download = new ResumableDownload(client, KnownFiles.Sha256);
        view.Say(view.Step(
            $"Downloading {source}",
            progress => download.RunAsync(source, path, progress, cancellationToken).GetAwaiter().GetResult()));
    }
}
