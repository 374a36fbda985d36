using AnomalyKit;
using AnomalyKit.Samples.WebApi;

// An API of your own that asks a detector. appsettings.json says where the models lie.
var builder = WebApplication.CreateBuilder(args);
PaymentModel.CreateIfMissing(builder.Configuration["AnomalyDetection:ModelFolder"]!);
builder.Services.AddAnomalyDetection().AddServing();
builder.Services.AddValidation();   // the attributes of Payment
// A body or a row that cannot be used is a mistake of the sender: 400, with the reason. Without a model nobody can answer yet: 503.
builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);   // as in Development: the reason reaches the sender everywhere
builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
{
    // What is missing, and how to mend it, is for the log.
    if (context.Exception is ModelNotFoundException)
        context.ProblemDetails.Detail = "No model can be asked at the moment. Try again later.";
    else if (context.Exception is TableDataException or BadHttpRequestException)
        context.ProblemDetails.Detail = context.Exception.InnerException is System.Text.Json.JsonException json ? json.Message : context.Exception.Message;
});
var app = builder.Build();
app.UseExceptionHandler(new ExceptionHandlerOptions
{
    StatusCodeSelector = exception => exception switch
    {
        BadHttpRequestException request => request.StatusCode,
        TableDataException => 400,
        ModelNotFoundException => 503,
        _ => 500,
    },
    SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException or TableDataException,   // no error of ours, so none in the log
});

// Your route, with your types.
app.MapPost("/payments", (Payment payment, IDetectorPool detectors) =>
{
    // One snapshot of the model: it stays the same for this request, even if a newer file is loaded meanwhile.
    ServedModel model = detectors.GetModel("payments");
    FeatureTable row = Payment.Table.ReadRow(payment);
    Span<float> scores = stackalloc float[1];
    model.Score(row, scores);
    bool isHeld = model.IsAnomaly(scores[0]);
    return new Decision(payment.Id, isHeld, Math.Round(scores[0], 4), isHeld ? model.GetExplainer().Explain(row)[0].Sentences : []);
});

// The routes of AnomalyKit: /v1/models/payments/score for rows in bulk, /health/ready, /openapi/v1.json, a page to try at /try.
app.MapAnomalyDetection();
app.Run();
