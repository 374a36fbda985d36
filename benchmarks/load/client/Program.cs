using System.Globalization;
using AnomalyKit.LoadClient;

// models FOLDER                                      writes forest.akm and recommended.akm, fitted on made-up rows
// grpc ADDRESS MODEL ROWS CONNECTIONS SECONDS        calls ModelInfer and prints what came of it as JSON
switch (args)
{
    case ["models", var folder]:
        Models.Write(folder);
        return 0;
    case ["grpc", var address, var model, var rows, var connections, var seconds]:
        Console.WriteLine(await GrpcLoad.RunAsync(new Uri(address), model, Number(rows), Number(connections), TimeSpan.FromSeconds(Number(seconds))));
        return 0;
    default:
        Console.Error.WriteLine("usage: models FOLDER | grpc ADDRESS MODEL ROWS CONNECTIONS SECONDS");
        return 2;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
